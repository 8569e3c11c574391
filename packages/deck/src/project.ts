import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseSync } from '@slidev/parser/fs'
import { z } from 'zod'
import { configSchema, type DeckConfig } from './config.ts'
import { normalised } from './normalised.ts'
import { wordsOf, type Edition, type Editions } from './editions.ts'

/** A deck's folder with what its deck.config.ts and its headmatter say. */
export interface DeckProject {
  /** The folder, absolute. */
  root: string
  /** How names of exported files begin. */
  name: string
  config: DeckConfig
  editions: Editions
}

const CONFIG = 'deck.config.ts'
const ENTRY = 'slides.md'

const opened = new Map<string, Promise<DeckProject>>()

/**
 * Reads what a deck says of itself, once in a process.
 * @param folder the deck's own.
 * @throws in one line with file and mend, where there is no slides.md or the config is wrong.
 */
export function openProject(folder: string): Promise<DeckProject> {
  const root = resolve(folder)
  const project = opened.get(root) ?? open(root)
  opened.set(root, project)
  return project
}

async function open(root: string): Promise<DeckProject> {
  const config = await readConfig(root)
  const editions = config.editions ? config.editions.map(edition => ({ ...edition, words: wordsOf(edition.lang) })) : [await onlyEdition(root)]
  const missing = editions.find(({ entry }) => !existsSync(join(root, entry)))
  if (missing) throw new Error(config.editions
    ? `${CONFIG}  the edition "${missing.language}" has the entry ${missing.entry}, which is not there: write it, or remove the edition.`
    : `There is no ${ENTRY} in ${root}: go to a deck's folder, or write one.`)
  return { root, name: config.name ?? (basename(root).replace(/[^\w-]+/g, '-').replace(/^-+|-+$/g, '') || 'deck'), config, editions: editions as unknown as Editions }
}

async function readConfig(root: string): Promise<DeckConfig> {
  const path = join(root, CONFIG)
  if (!existsSync(path)) return {}
  const loaded = await (import(pathToFileURL(path).href) as Promise<{ default?: unknown }>).catch((error: unknown) => {
    throw new Error(`${CONFIG}  can't be read (${(error instanceof Error ? error.message : String(error)).split('\n')[0] ?? ''}): correct it.`)
  })
  const { success, data, error } = configSchema.safeParse(loaded.default)
  if (success) return data
  throw new Error(z.core.toDotPath ? error.issues.map(issue => `${CONFIG}  ${issue.path.length > 0 ? z.core.toDotPath(issue.path) : 'default export'}: ${issue.message}`).join('\n') : error.message)
}

/** A deck without a list of editions: slides.md, in the language that its headmatter names. */
async function onlyEdition(root: string): Promise<Edition> {
  const text = await readFile(join(root, ENTRY), 'utf8').catch(() => '')
  // What is wrong with it is for the deck's loader to say.
  const lang: unknown = parseSync(normalised(text), ENTRY, { noParseYAML: false }).slides[0]?.frontmatter['lang']
  const tag = typeof lang === 'string' && lang.trim() ? lang.trim().replaceAll('_', '-') : 'en'
  const words = wordsOf(tag)
  return { language: tag.toLowerCase().split(/[-_]/)[0] || words, words, name: words === 'zh' ? '中文' : 'English', lang: tag, entry: ENTRY, folder: '' }
}

/**
 * Name of an exported file; of a deck with one edition it has no language.
 * @param ending with what tells it from others of its format, like `dark.pdf`.
 */
export function exportName({ name, editions }: DeckProject, { language }: Edition, ending: string): string {
  return editions.length > 1 ? `${name}.${language}.${ending}` : `${name}.${ending}`
}

/** The edition of an entry file, absolute or relative to the deck's folder; the source edition's settings where the config has none for it. */
export function editionOf({ root, editions }: DeckProject, entry: string): Edition {
  return editions.find(edition => join(root, edition.entry) === resolve(root, entry)) ?? { ...editions[0], entry }
}
