import type { ReadDeck, ReadSlide } from '../model.ts'
import { Canvas, isShown } from './canvas.ts'
import { itemsOf } from './items.ts'
import { knowSlides } from './text.ts'

/** Which of a slide's pictures shows: the state of each picture that moves. */
const stateOf = (slide: Element) => [...slide.querySelectorAll('.moving > .states')].map(states => [...states.children].findIndex(state => !state.hasAttribute('data-away'))).join()

/** The click that a slide is painted at: Slidev counts from 1 in its id. */
const clickOf = (slide: Element) => Number(slide.id.split('-')[1] ?? 1) - 1

/**
 * Of a print page with a slide for each click: the last of each state, which is the last click where no picture moves.
 * @returns each with the click that its state begins with.
 */
function lastOfStates(slides: readonly HTMLElement[]): { slide: HTMLElement, click: number, no: number }[] {
  const last: { slide: HTMLElement, click: number, no: number, state: string }[] = []
  for (const slide of slides) {
    const [no, state, click] = [Number.parseInt(slide.id), stateOf(slide), clickOf(slide)]
    const before = last.at(-1)
    if (before?.no === no && before.state === state) before.slide = slide
    else last.push({ slide, click, no, state })
  }
  return last
}

/**
 * A copy of a slide as it is printed without clicks, put after it; undefined where its picture that moves is printed too, as before and after.
 * A copy, since the slide itself is still taken pictures of.
 */
function inPrint(slide: HTMLElement): HTMLElement | undefined {
  const copy = slide.cloneNode(true) as HTMLElement
  const moving = copy.querySelectorAll('.moving[data-form="states"]')
  moving.forEach(each => each.setAttribute('data-form', 'pair'))
  slide.after(copy)
  if ([...moving].some(each => !isShown(each))) return copy
  copy.remove()
  return undefined
}

/**
 * Reads the slides of a print page: what stands on each, at the last click of each of its states, and what print shows in place of a picture
 * that moves.
 * @param ids of all the deck's slides in their order, '' where one has none.
 */
export function readSlides(ids: readonly string[]): ReadDeck {
  knowSlides(ids)
  const all = [...document.querySelectorAll<HTMLElement>('.print-slide-container')]
  const read = (slide: HTMLElement, click: number, isInPrint: boolean): ReadSlide => {
    const canvas = new Canvas(slide)
    const { items, background } = itemsOf(canvas)
    return { no: canvas.no, click, isInPrint, items, ...background && { background } }
  }
  const states = lastOfStates(all)
  const slides = states.flatMap(({ slide, click, no }, i) => {
    const printed = states[i + 1]?.no === no ? undefined : inPrint(slide)
    return [read(slide, click, false), ...printed ? [read(printed, clickOf(slide), true)] : []]
  })
  const [first] = all
  return { slides, width: first?.offsetWidth ?? 0, height: first?.offsetHeight ?? 0 }
}
