import { z } from 'zod'

/** A face's source: an @fontsource package and the subset of it to take whole in dev. */
const fontSource = z.strictObject({ package: z.string(), subset: z.string() })

const words = z.record(z.string(), z.string())

/** How much a slide may hold and how fast it is spoken, in Han characters for Chinese, words for others. */
const limits = z.strictObject({
  /** Longest headline: in Han characters for Chinese, in characters for others. */
  headline: z.number().positive(),
  /** Most text outside diagrams and headline. */
  text: z.number().positive(),
  /** Spoken units a minute. */
  pace: z.number().positive(),
})

/** What deck.config.ts may say. Everything is optional: without a part of it, what hangs on that part is off. */
export const configSchema = z.strictObject({
  /** How names of exported files begin; the name of the deck's folder where it is missing. */
  name: z.string().regex(/^[\w-]+$/).optional(),
  /** The language editions, the source edition first; slides.md alone where they are missing. */
  editions: z.array(z.strictObject({
    language: z.string().regex(/^[a-z-]+$/),
    name: z.string(),
    lang: z.string(),
    entry: z.string().endsWith('.md'),
    folder: z.string().regex(/^(?:[a-z][\w-]*)?$/),
    /** The words of pills in block diagrams: the first is that of `mark1`. */
    marks: z.array(z.string().min(1)).max(9).readonly().optional(),
  })).min(1).optional(),
  /** What slides may name in `sources:`; without it slides name none. */
  sources: z.strictObject({
    /** Every number, in reading order. */
    paragraphs: z.array(z.string()).min(1),
    /** A hint for who writes an unknown one, like `T0.1 to T4.4`. */
    hint: z.string(),
    /** Names of the parts by the letters that their numbers begin with, by language. */
    parts: z.record(z.string(), words),
    /** Layouts whose slides need none. */
    freeLayouts: z.array(z.string()).optional(),
  }).optional(),
  /** The deck's terms by id: a single translation in each language, used everywhere, and what it means here. A slide writes one as `<Term id="…" />`. */
  glossary: z.record(z.string(), z.strictObject({ words, definition: words })).optional(),
  /** The faces of each edition by role, the preferred source first; the kit's own Noto and Source faces where they are missing. */
  fonts: z.record(z.string(), z.strictObject({
    display: z.array(fontSource).min(1),
    text: z.array(fontSource).min(1),
  })).optional(),
  /** Text that shows on slides but stands elsewhere (labels of components), by language, with the roles it is set in. */
  shownText: z.record(z.string(), z.array(z.strictObject({
    file: z.string(),
    texts: z.array(z.string()),
    roles: z.array(z.enum(['display', 'body', 'strong'])).min(1),
  }))).optional(),
  /** What is set in the display face, beside headings: the text of these components, and slides of these layouts whole. */
  displayFace: z.strictObject({ components: z.array(z.string()), layouts: z.array(z.string()) }).optional(),
  /** Components that set a sentence large: Chinese ones break between their clauses. */
  largeText: z.array(z.string()).optional(),
  /** Components that take a click: always (true), or where they bear a property. */
  clickComponents: z.record(z.string(), z.union([z.literal(true), z.string()])).optional(),
  /** Keywords of the PDFs by language, where the headmatter has no `keywords:`. */
  keywords: z.record(z.string(), z.array(z.string())).optional(),
  /** Limits for slides by language: without them nothing is measured. */
  limits: z.record(z.string(), limits).optional(),
  /** Ids of slides, and layouts, that may hold more text than the limits say. */
  unlimited: z.strictObject({ slides: z.array(z.string()), layouts: z.array(z.string()) }).optional(),
  /** Layouts whose slides are not spoken: they may have no minutes. */
  unspoken: z.array(z.string()).optional(),
  /** Whether slides are prose: a headline, Markdown and the deck's own components, no raw HTML, no code, no figures, an id and notes on each. */
  prose: z.boolean().optional(),
  /** What a build for the public may load and run: `strict` nothing but its own files; `open` also what its slides name on other hosts, and code made while it runs. */
  policy: z.enum(['strict', 'open']).optional(),
})

/** What deck.config.ts says: see `configSchema`. */
export type DeckConfig = z.infer<typeof configSchema>

/** A face's source. */
export type FontSource = z.infer<typeof fontSource>

/** A term of the glossary. */
export type GlossaryEntry = NonNullable<DeckConfig['glossary']>[string]

/** Types what deck.config.ts exports. */
export const defineDeck = (config: DeckConfig): DeckConfig => config
