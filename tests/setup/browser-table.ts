import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import type { Reporter, TestModule, Vitest } from 'vitest/node'
import { tools, type Check, type Tool } from '../helpers/checked.ts'

/** What a suite has checked by each tool: a count, or why it could not. */
export interface Row {
  /** The suite's file, from the folder tests/. */
  suite: string
  what: string
  cells: Partial<Record<Tool, string>>
}

const FILE = 'docs/browsers.md'
const TESTS = 'tests'
const EMPTY = '–'
const HEAD = `# What is checked in which browser

Written by the tests, not by hand: each number is how often a suite checks it in a run. A run fails where it has checked something else
than stands here; \`npm test -- --update\` renews the rows of the suites that run, \`npm run test:soak -- --update\` those of \`soak\`.
WebKit is Debian’s WebKitGTK, Safari’s engine. How the browsers are driven: [tests/browsers/browsers.ts](../tests/browsers/browsers.ts).

`

const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`

/** The table as docs/browsers.md has it: the suites in order, what each has checked as it came. */
export function writeTable(rows: readonly Row[]): string {
  const sorted = rows.toSorted((one, other) => one.suite < other.suite ? -1 : one.suite > other.suite ? 1 : 0)
  return `${HEAD}${[
    line(['what', ...tools, 'suite']),
    line(['---', ...tools.map(() => '---:'), '---']),
    ...sorted.map(({ suite, what, cells }) => line([what, ...tools.map(tool => cells[tool] ?? EMPTY), `[${suite.replace(/\.test\.ts$/, '')}](../${TESTS}/${suite})`])),
  ].join('\n')}\n`
}

/** The rows of a table that was written so. */
export function readTable(text: string): Row[] {
  return text.split('\n').flatMap((written) => {
    const [, what = '', ...others] = written.split(/ ?\| ?/)
    const suite = /\]\(\.\.\/tests\/(.+)\)$/.exec(others[tools.length] ?? '')?.[1]
    if (!suite) return []
    return [{ suite, what, cells: Object.fromEntries(tools.flatMap((tool, i) => others[i] === EMPTY ? [] : [[tool, others[i] ?? '']])) }]
  })
}

/** One row for each thing that a suite has checked: counts of several tests are one sum. */
export function rowsOf(suite: string, checks: readonly Check[]): Row[] {
  return [...Map.groupBy(checks, ({ what }) => what)].map(([what, all]) => ({
    suite,
    what,
    cells: Object.fromEntries([...Map.groupBy(all, ({ tool }) => tool)].map(([tool, own]) => {
      const reason = own.find(({ times }) => typeof times === 'string')?.times
      return [tool, String(reason ?? own.reduce((sum, { times }) => sum + Number(times), 0))]
    })),
  }))
}

/**
 * The table after a run.
 * @param ran the suites that ran to their end, and what they checked: all others keep their rows.
 * @param isThere whether a suite still is.
 */
export function renew(table: string, ran: ReadonlyMap<string, readonly Check[]>, isThere: (suite: string) => boolean): string {
  const kept = readTable(table).filter(({ suite }) => !ran.has(suite) && isThere(suite))
  return writeTable([...kept, ...[...ran].flatMap(([suite, checks]) => rowsOf(suite, checks))])
}

/** What a suite has checked, where it ran to its end: not where tests were left out, or failed. */
function checksOf(module: TestModule): Check[] | undefined {
  const tests = [...module.children.allTests()]
  return module.ok() && tests.every(test => test.result().state === 'passed') ? tests.flatMap(test => test.meta().checks ?? []) : undefined
}

/** Holds docs/browsers.md against what a run has checked; with `--update` writes it. */
export class BrowserTable implements Reporter {
  /** Whether the table says something else than the run. */
  isStale = false
  private vitest: Vitest | undefined

  onInit(vitest: Vitest) {
    this.vitest = vitest
  }

  // At once, without a promise: the closing line counts it.
  onTestRunEnd(modules: readonly TestModule[]) {
    if (!this.vitest) return
    const { root, snapshotOptions } = this.vitest.config
    const [file, tests] = [join(root, FILE), join(root, TESTS)]
    const table = existsSync(file) ? readFileSync(file, 'utf8') : ''
    const known = new Set(readTable(table).map(({ suite }) => suite))
    const ran = new Map(modules.flatMap((module) => {
      const suite = relative(tests, module.moduleId).replaceAll('\\', '/')
      const checks = checksOf(module)
      return checks && (checks.length > 0 || known.has(suite)) ? [[suite, checks] as const] : []
    }))
    const renewed = renew(table, ran, suite => existsSync(join(tests, suite)))
    if (renewed === table) return
    if (snapshotOptions.updateSnapshot === 'all') {
      writeFileSync(file, renewed)
      console.log(`${FILE} is written anew.`)
      return
    }
    this.isStale = true
    process.exitCode = 1
    console.error(`${FILE} is not what this run has checked. \`npm test -- --update\` renews it:\n${difference(table, renewed)}`)
  }
}

/** The lines that differ. */
function difference(old: string, renewed: string): string {
  const [before, after] = [old.split('\n'), renewed.split('\n')]
  return [...before.filter(each => !after.includes(each)).map(each => `- ${each}`), ...after.filter(each => !before.includes(each)).map(each => `+ ${each}`)].join('\n')
}
