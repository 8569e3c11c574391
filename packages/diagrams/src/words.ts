import type { Language } from 'slidev-addon-deck/editions'
import type { DiagramKind } from 'slidev-addon-deck/fences'

/** What a diagram is called that has no name of its own. */
export const kindNames: Readonly<Record<Language, Readonly<Record<DiagramKind, string>>>> = {
  zh: { 'flowchart': '流程图', 'stateDiagram-v2': '状态图', 'sequenceDiagram': '时序图', 'timeline': '时间线', 'mindmap': '思维导图', 'block': '框图' },
  en: { 'flowchart': 'Flowchart', 'stateDiagram-v2': 'State diagram', 'sequenceDiagram': 'Sequence diagram', 'timeline': 'Timeline', 'mindmap': 'Mind map', 'block': 'Block diagram' },
}
