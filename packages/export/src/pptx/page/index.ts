import type { ReadDeck, ReadSlide } from '../model.ts'
import { Canvas } from './canvas.ts'
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
function lastOfStates(slides: readonly HTMLElement[]): { slide: HTMLElement, click: number }[] {
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
 * Reads the slides of a print page: what stands on each, at the last click of each of its states.
 * @param ids of all the deck's slides in their order, '' where one has none.
 */
export function readSlides(ids: readonly string[]): ReadDeck {
  knowSlides(ids)
  const all = [...document.querySelectorAll<HTMLElement>('.print-slide-container')]
  const slides = lastOfStates(all).map(({ slide, click }): ReadSlide => {
    const canvas = new Canvas(slide)
    const { items, background } = itemsOf(canvas)
    return { no: canvas.no, click, items, ...background && { background } }
  })
  const [first] = all
  return { slides, width: first?.offsetWidth ?? 0, height: first?.offsetHeight ?? 0 }
}
