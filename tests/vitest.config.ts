import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'
import { BrowserTable } from './setup/browser-table.ts'
import { ClosingLine } from './setup/reporter.ts'
import { LongestFirst } from './setup/sequencer.ts'

/** `npm run test:soak`: what takes long, and the fuzz with many more inputs. */
const isSoak = process.env['SOAK'] === '1'
const table = new BrowserTable()

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  plugins: [vue()],
  resolve: { alias: { 'virtual:talk': fileURLToPath(new URL('./helpers/talk.ts', import.meta.url)) } },
  test: {
    include: isSoak ? ['tests/soak/*.test.ts', '**/fuzz/*.test.ts'] : ['packages/**/*.test.ts', 'tests/**/*.test.ts'],
    exclude: ['**/node_modules/**', ...isSoak ? [] : ['tests/soak/**']],
    globalSetup: 'tests/setup/services.ts',
    reporters: ['default', table, new ClosingLine(table)],
    // One for each of two cores: the browser that they share is busy as well.
    maxWorkers: 2,
    maxConcurrency: 3,
    // To load what suites import anew for each of them takes as long as all tests of the packages; none changes what others see.
    isolate: false,
    sequence: { sequencer: LongestFirst },
    testTimeout: 400_000,
    expect: { poll: { timeout: 60_000 } },
    // Builds are made one after the other: a suite may wait for those of others.
    hookTimeout: 1_800_000,
  },
})
