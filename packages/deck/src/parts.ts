import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { SourceDeck } from './source-deck.ts'
import type { Violation } from './violation.ts'

/**
 * The packages of the kit that a deck may have, found by their names: what they do stands above this package, and nothing
 * here imports it.
 */
const commands = {
  start: 'slidev-addon-present/command',
  build: 'slidev-addon-site/command',
  export: 'slidev-deck-export/command',
  check: 'slidev-deck-check/command',
  diagrams: 'slidev-addon-diagrams/command',
  doctor: 'slidev-addon-present/doctor',
} as const
export type CommandName = keyof typeof commands
export const commandNames = Object.keys(commands) as CommandName[]

/** A command of `deck`, as its package exports it. */
export interface Command {
  /** One line for the list of commands. */
  summary: string
  /** Runs it in the folder of a deck, with the words that follow its name. */
  run: (root: string, args: string[]) => Promise<void>
}

/** @throws where the package that has the command is not installed. */
export async function loadCommand(name: CommandName): Promise<Command> {
  const part = await load<{ command: Command }>(commands[name])
  if (!part) throw new Error(`deck ${name} is in the package ${packageOf(commands[name])}: install it.`)
  return part.command
}

/** What looks for faults in a deck's source; `quick` leaves out what takes seconds. */
export type FindProblems = (deck: SourceDeck, options?: { quick?: boolean }) => Promise<Violation[]>

const problemFinders = ['slidev-deck-check/problems', 'slidev-addon-diagrams/problems']

/** Every fault that the installed packages find in a deck, in the order of its files and lines. */
export async function problemsOf(deck: SourceDeck, options?: { quick?: boolean }): Promise<Violation[]> {
  const parts = await Promise.all(problemFinders.map(name => load<{ findProblems: FindProblems }>(name)))
  const found = await Promise.all(parts.map(part => part?.findProblems(deck, options) ?? []))
  const files = [deck.entry, ...deck.slides.map(({ file }) => file)]
  return found.flat().sort((a, b) => files.indexOf(a.file) - files.indexOf(b.file) || a.line - b.line)
}

/** What Slidev reads in a deck's package.json. */
interface Manifest {
  slidev?: { addons?: unknown }
}

/**
 * @param name of an addon of the kit, without `slidev-addon-`.
 * @throws in one line, where neither a deck's headmatter nor its package.json names the addon.
 */
export async function assertAddon({ project: { root }, entry, headmatter }: Pick<SourceDeck, 'entry' | 'headmatter'> & { project: { root: string } }, name: 'diagrams' | 'present' | 'site'): Promise<void> {
  const manifest = await readFile(join(root, 'package.json'), 'utf8').then<Manifest, Manifest>(text => JSON.parse(text) as Manifest, () => ({}))
  const named = [headmatter['addons'], manifest.slidev?.addons].flat()
  if (!named.some(addon => typeof addon === 'string' && /[^/]*$/.exec(addon)?.[0].replace(/^slidev-addon-/, '') === name))
    throw new Error(`${entry}:1  the deck names no addon "${name}": add \`addons: [diagrams, present, site]\` to its headmatter.`)
}

const packageOf = (specifier: string) => specifier.split('/')[0] ?? specifier

async function load<Part>(specifier: string): Promise<Part | undefined> {
  try {
    return await import(specifier) as Part
  }
  catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND' && error.message.includes(`'${packageOf(specifier)}'`)) return undefined
    throw error
  }
}
