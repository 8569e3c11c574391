import { calloutKinds } from '../../../../talk/labels.ts'
import { on, openTags, show } from './places.ts'
import { defineRule } from 'slidev-addon-deck/rule'

const choice = calloutKinds.join(', ')

export default defineRule({
  id: 'callout-kind',
  level: 'error',
  describe: `A Callout's kind is one of ${choice}.`,
  places: deck => openTags(deck).filter(({ tag }) => tag.name === 'Callout'),
  findings({ slide, tag }) {
    const kind = tag.attributes.find(attribute => /^:?kind$/.test(attribute.name))
    if (!kind) return [on(slide, tag.line, `The Callout has no kind: add kind="…", one of ${choice}.`)]
    if (kind.name === 'kind' && calloutKinds.some(known => known === kind.value)) return []
    return [on(slide, tag.line, `There is no Callout of kind ${show(kind.value)}: write kind="…" with one of ${choice}.`)]
  },
})
