import type { Browser } from 'playwright-chromium'
import type { Edition } from 'slidev-addon-deck/editions'
import type { DeckProject } from 'slidev-addon-deck/project'
import type { SourceDeck } from 'slidev-addon-deck/source-deck'
import type { Allowance } from './policy.ts'
import type { RenderedSlide } from './render.ts'

/** What a build for hosting is to be. */
export interface Site {
  project: DeckProject
  /** Its editions' sources. */
  decks: readonly SourceDeck[]
  /** Address below which it will be served, with a slash at both ends. */
  base: string
  /** Scheme and host it will be served at, without a closing slash, '' where that is not known. */
  origin: string
  /** Whether the presenter is in it, which has addresses of its own. */
  withNotes: boolean
  /** To render the slides with; without one their pages show nothing until the app is there. */
  browser?: Browser
  /** With a PDF of each edition, and of its card. */
  withPdf: boolean
}

/** An edition of a site: what all its pages are made of. */
export interface SiteEdition extends Site {
  edition: Edition
  deck: SourceDeck
  /** Its app as Slidev built it, where its pages go as well. */
  folder: string
  /** Its address, with a slash at both ends. */
  ownBase: string
  /** None where there is no browser. */
  slides: readonly RenderedSlide[]
  /** What its pages may do beyond loading the build's own files. */
  allowance: Allowance
  title: string
  description: string
  author: string
  /** Tags of the icons. */
  icons: readonly string[]
  /** Colour of the paper in either scheme, for what surrounds the page. */
  paper: { light: string, dark: string }
  /** Address of its PDF, where it has one. */
  pdf?: string
  /** Address of its card's PDF, where it has one. */
  card?: string
}

/** Address of an edition: that of the build and the edition's folder. */
export const editionBase = (base: string, { folder }: Edition) => folder ? `${base}${folder}/` : base

/** Address of a slide, below that of its edition. */
export const slidePath = (base: string, { id, no }: { id: string, no: number }) => `${base}${id || no}/`
