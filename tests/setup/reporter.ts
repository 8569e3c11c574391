import type { SerializedError } from 'vitest'
import type { Reporter, TestModule } from 'vitest/node'
import type { BrowserTable } from './browser-table.ts'

/** A file that could not be collected has no tests, and an error outside a test belongs to none: both count as failed. */
function count(modules: readonly TestModule[], unhandled: readonly SerializedError[]) {
  const states = modules.flatMap(module => [...module.children.allTests()].map(test => test.result().state))
  const suites = modules.flatMap(module => [module, ...module.children.allSuites()]).filter(suite => suite.errors().length > 0)
  return {
    passed: states.filter(state => state === 'passed').length,
    failed: states.filter(state => state === 'failed').length + suites.length + unhandled.length,
  }
}

/** Closes a run with one line: `N passed, N failed`. */
export class ClosingLine implements Reporter {
  private readonly table: BrowserTable

  /** @param table counts as failed where it is stale; its reporter comes before this one. */
  constructor(table: BrowserTable) {
    this.table = table
  }

  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly SerializedError[]) {
    const { passed, failed } = count(modules, unhandled)
    console.log(`${passed} passed, ${failed + (this.table.isStale ? 1 : 0)} failed`)
  }
}
