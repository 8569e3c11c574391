import type { Language } from 'slidev-addon-deck/editions'
import type { DiagramKind } from 'slidev-addon-deck/fences'

/** What a diagram is called that has no name of its own. */
export const kindNames: Readonly<Record<Language, Readonly<Record<DiagramKind, string>>>> = {
  zh: { 'flowchart': '流程图', 'stateDiagram-v2': '状态图', 'sequenceDiagram': '时序图', 'timeline': '时间线', 'mindmap': '思维导图', 'block': '框图' },
  en: { 'flowchart': 'Flowchart', 'stateDiagram-v2': 'State diagram', 'sequenceDiagram': 'Sequence diagram', 'timeline': 'Timeline', 'mindmap': 'Mind map', 'block': 'Block diagram' },
}

/** Where something stands in a drawing, in the drawing's own words. */
export interface Whereabouts {
  /** What it is in. */
  within?: string | undefined
  /** What stands before and behind it in its row. */
  after?: string | undefined
  before?: string | undefined
}

/** How it is said what a click has changed in a picture. */
interface ChangeWords {
  /** Where something is now; '' where nothing can be said of it. */
  moved: (name: string, now: Whereabouts, was: Whereabouts) => string
  /** Edges that have come from one thing to others. */
  connected: (from: string, to: readonly string[]) => string
}

export const changeWords: Readonly<Record<Language, ChangeWords>> = {
  zh: {
    moved: (name, { within, after, before }, was) => {
      const beside = after && before ? `在${after}和${before}之间` : after ? `在${after}之后` : before ? `在${before}之前` : ''
      if (within) return `${name}现在在${within}里${beside && `，${beside}`}`
      if (beside) return `${name}现在${beside}`
      return was.within ? `${name}不再在${was.within}里` : ''
    },
    connected: (from, to) => `${from}连到${to.join('、')}`,
  },
  en: {
    moved: (name, { within, after, before }, was) => {
      const beside = after && before ? `between ${after} and ${before}` : after ? `after ${after}` : before ? `before ${before}` : ''
      if (within || beside) return `${name} is now ${[within && `in ${within}`, beside].filter(Boolean).join(', ')}`
      return was.within ? `${name} is no longer in ${was.within}` : ''
    },
    connected: (from, to) => `${from} connects to ${to.join(', ')}`,
  },
}
