import type { Talk } from 'slidev-addon-deck/talk'
import { words } from './words.ts'

/** The part of the talk that names its slides. */
export type Named = Pick<Talk, 'language'> & { slides: readonly { headline: string }[] }

const headlineOf = ({ slides }: Named, no: number) => slides[no - 1]?.headline ?? ''

/** What a slide is called: its headline and where it stands. Names its region and is said on coming to it. */
export function slideName(talk: Named, no: number): string {
  return words[talk.language].position(headlineOf(talk, no), no, talk.slides.length)
}

/** The page's title on a slide: the headline before the talk's title, so that windows and bookmarks can be told apart. */
export function pageTitle(talk: Named, title: string, no: number, isPresenter: boolean): string {
  const headline = headlineOf(talk, no)
  return [isPresenter && words[talk.language].presenter, headline !== title && headline, title].filter(Boolean).join(' · ')
}

/**
 * ARIA attributes of a slide, by what Slidev renders it for: the slide being shown is a region, and so is the presenter's
 * preview; thumbnails and pages to print are neither.
 */
export function slideRegion(talk: Named, context: string, no: number): Record<string, string> {
  const { slide, next } = words[talk.language]
  const name = context === 'slide' || context === 'presenter' ? slideName(talk, no) : context === 'previewNext' ? next(headlineOf(talk, no) || slideName(talk, no)) : undefined
  return name ? { 'role': 'region', 'aria-roledescription': slide, 'aria-label': name } : {}
}
