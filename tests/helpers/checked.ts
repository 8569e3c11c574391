import { TestRunner } from 'vitest'

/** The columns of docs/browsers.md. */
export const tools = ['Chromium', 'Firefox', 'WebKit', 'Orca with Firefox', 'Orca with Chromium'] as const
export type Tool = typeof tools[number]

/** What a test has checked in a browser, or heard by a screen reader. */
export interface Check {
  tool: Tool
  what: string
  /** How often, or why not. */
  times: number | string
}

declare module 'vitest' {
  interface TaskMeta {
    checks?: Check[]
  }
}

/**
 * Says for docs/browsers.md what the running test has checked, and how often; tests/setup/browser-table.ts gathers it.
 * Not from tests that run at the same time: which of them runs is not known.
 * @param times a count that no timing changes, or why it could not be checked.
 * @throws where no test runs.
 */
export function checked(tool: Tool, what: string, times: Check['times']): void {
  const test = TestRunner.getCurrentTest()
  if (!test) throw new Error(`“${what}” was checked outside a test.`)
  test.meta.checks = [...test.meta.checks ?? [], { tool, what, times }]
}
