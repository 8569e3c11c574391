import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'
import { ClosingLine } from './tests/reporter.ts'

export default defineConfig({
  plugins: [vue()],
  resolve: { alias: { 'virtual:talk': fileURLToPath(new URL('./tests/helpers/talk.ts', import.meta.url)) } },
  test: {
    include: ['tests/**/*.test.ts'],
    reporters: ['default', new ClosingLine()],
    testTimeout: 60_000,
  },
})
