import type { SourceDeck } from 'slidev-addon-deck/source-deck'

/** Rules that are on or off together. */
export interface Group {
  title: string
  /** What turns them on. */
  turnedOnBy: string
  isOn: (deck: SourceDeck) => boolean
}

/** Every group of rules: those of any deck, and those that hang on what a deck says of itself. */
export const groups = {
  always: {
    title: 'Any deck',
    turnedOnBy: 'always on',
    isOn: () => true,
  },
  prose: {
    title: 'Slides are prose',
    turnedOnBy: '`prose: true` in deck.config.ts',
    isOn: ({ project }) => project.config.prose === true,
  },
  minutes: {
    title: 'Speaking time',
    turnedOnBy: '`minutes:` in the frontmatter of any slide',
    isOn: ({ slides }) => slides.some(({ frontmatter }) => frontmatter['minutes'] !== undefined),
  },
  limits: {
    title: 'Lengths and pace',
    turnedOnBy: '`limits` in deck.config.ts, for the language of the edition',
    isOn: ({ project, edition }) => project.config.limits?.[edition.language] !== undefined,
  },
  sources: {
    title: 'What slides rest on',
    turnedOnBy: '`sources` in deck.config.ts',
    isOn: ({ project }) => project.config.sources !== undefined,
  },
  editions: {
    title: 'Editions in step',
    turnedOnBy: 'a second entry of `editions` in deck.config.ts',
    isOn: ({ project }) => project.editions.length > 1,
  },
  glossary: {
    title: 'Terms of the glossary',
    turnedOnBy: '`glossary` and a second entry of `editions` in deck.config.ts',
    isOn: ({ project }) => project.editions.length > 1 && project.config.glossary !== undefined,
  },
} as const satisfies Record<string, Group>

export type GroupId = keyof typeof groups
