import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'
import { ClosingLine } from './setup/reporter.ts'

export default defineConfig({
  plugins: [vue()],
  resolve: { alias: { 'virtual:talk': fileURLToPath(new URL('./helpers/talk.ts', import.meta.url)) } },
  test: {
    include: ['tests/**/*.test.ts'],
    globalSetup: 'tests/shared-builds.ts',
    reporters: ['default', new ClosingLine()],
    testTimeout: 60_000,
    // Builds are made one after the other: a suite may wait for those of others.
    hookTimeout: 600_000,
  },
})
