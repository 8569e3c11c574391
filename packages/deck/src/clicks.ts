import { isMagicMove, magicMoveFences, parseFences, type Fence } from './fences.ts'
import { piecesOf, type Markup, type Piece, type Tag } from './markdown.ts'
import { isComponent, isDiagram } from './markup.ts'

/** Components that take a click: always, or where they bear a property. */
export type ClickComponents = Readonly<Record<string, string | true>>

/** Something that appears: so many clicks after what is before it, or at a click of the slide. Undefined: only the running deck knows. */
type Step = { after: number } | { at: number } | undefined

/** Slidev's own components that take no clicks. */
const STILL = new Set(['vafter', 'arrow', 'autofittext', 'bluesky', 'diagram', 'lightordark', 'link', 'movingdiagram', 'poweredbyslidev', 'renderwhen', 'slidecurrentno', 'slidestotal', 'toc', 'transform', 'tweet', 'youtube'])

/** What `at` says, as `v-click="…"` and `at="…"` have it. */
function stepAt(value: string, standard: number): Step {
  const at = value.trim().replace(/^(['"])(.*)\1$/, '$2')
  if (at === '' || at === 'true') return { after: standard }
  if (at === 'false') return { after: 0 }
  if (/^[+-]\d+$/.test(at)) return { after: Number(at) }
  if (/^\d+$/.test(at)) return { at: Math.max(1, Number(at)) }
  const range = /^\[\s*(\d+)\s*,\s*(\d+)\s*\]$/.exec(at)
  return range ? { at: Number(range[2]) } : undefined
}

/** The same for something that takes several clicks. */
function stepsAt(value: string, size: number): Step {
  const first = stepAt(value, 1)
  if (first === undefined) return undefined
  return 'after' in first ? { after: first.after + size - 1 } : { at: first.at + size - 1 }
}

const valueOf = (tag: Tag, name: string) => tag.attributes.find(attribute => attribute.name === name || attribute.name === `:${name}`)?.value ?? ''

/** Clicks of `<v-clicks>`: one for each item of its list down to `depth`, one for each block where it is not a list alone; `every` so many at once. */
function stepOfItems(tag: Tag, pieces: readonly Piece[]): Step {
  const [depth, every] = ['depth', 'every'].map(name => Number(valueOf(tag, name) || 1)) as [number, number]
  const blocks: { type: string, level: number }[] = []
  let open = 0
  for (const piece of pieces) {
    if (piece.kind === 'tag' && piece.tag.kind === 'close' && piece.tag.name === tag.name) break
    if (piece.kind === 'begin') open++
    if (piece.kind === 'end') open--
    if (piece.kind === 'begin') blocks.push(piece)
    else if (piece.kind === 'fence') blocks.push({ type: 'fence', level: piece.level })
    // HTML between its blocks: how many elements that makes is for Vue to say.
    else if (piece.kind !== 'end' && open === 0 && !(piece.kind === 'text' && piece.text.trim() === '')) return undefined
  }
  const tops = blocks.filter(({ level }) => level === 0)
  const only = tops.length === 1 ? tops[0]?.type : undefined
  const shown = only === 'bullet_list' || only === 'ordered_list'
    ? blocks.filter(({ type, level }) => type === 'list_item' && level < 2 * depth)
    : only === 'table' ? blocks.filter(({ type }) => type === 'tr').slice(1) : tops
  return depth > 0 && every > 0 ? stepsAt(valueOf(tag, 'at'), Math.ceil(shown.length / every)) : undefined
}

/** Clicks of a fence: a diagram's steps, and one to come to a state that is not the first; or those of the lines that code shows one after another. */
function stepOfFence(fence: Fence): Step {
  if (isDiagram(fence)) return { after: fence.steps + (fence.state && fence.state.index > 0 ? 1 : 0) }
  const ranges = (info: string) => Math.max(0, (/\{([^{}:]*\|[^{}]*)\}/.exec(info)?.[1]?.split('|').length ?? 1) - 1)
  if (/\bat\s*:/.test(fence.info)) return undefined
  if (!isMagicMove(fence.info)) return { after: ranges(fence.info) }
  const inner = magicMoveFences(fence)
  return { after: Math.max(0, inner.length - 1) + inner.reduce((sum, { info }) => sum + ranges(info), 0) }
}

function stepsOfTag(tag: Tag, rest: readonly Piece[], components: ClickComponents | undefined): Step[] {
  if (tag.kind === 'close') return []
  const directives = tag.attributes.flatMap(({ name, value }): Step[] => {
    const directive = /^v-(click|after|mark)\b/.exec(name)?.[1]
    if (directive) return [stepAt(value, directive === 'after' ? 0 : 1)]
    return /^v-(?:motion|clicks)\b/.test(name) ? [undefined] : []
  })
  const { name } = tag
  const plainName = name.toLowerCase().replaceAll('-', '')
  if (plainName === 'vclick') return [...directives, stepAt(valueOf(tag, 'at'), 1)]
  if (plainName === 'vclicks') return [...directives, stepOfItems(tag, rest)]
  // With a colon it is an icon.
  if (!isComponent(tag) || name.includes(':') || STILL.has(plainName)) return directives
  if (!components) return [...directives, undefined]
  const property = Object.hasOwn(components, name) ? components[name] : undefined
  const clicks = property === true || tag.attributes.some(attribute => attribute.name === property)
  return [...directives, { after: clicks ? 1 : 0 }]
}

/**
 * How many clicks a slide takes, from its source: steps of its diagrams and code, `v-click` and its kin, and those of the
 * deck's own components. Undefined where the source does not tell.
 * @param components which components take a click; without it, none but Slidev's own is known.
 */
export function clicksOf(slide: Markup, components?: ClickComponents): number | undefined {
  const pieces = piecesOf(slide)
  const fences = parseFences(slide.content, slide.contentLine)
  const steps = [
    ...fences.map(stepOfFence),
    ...pieces.flatMap((piece, i) => piece.kind === 'tag' ? stepsOfTag(piece.tag, pieces.slice(i + 1), components) : []),
  ]
  let [after, last] = [0, 0]
  for (const step of steps) {
    if (step === undefined) return undefined
    if ('after' in step) after += step.after
    last = Math.max(last, after, 'at' in step ? step.at : 0)
  }
  return last
}
