import { expect, it } from 'vitest'
import { editionsPlugin } from './editions.ts'

const cacheOf = (userRoot: string, entry: string) => {
  const { config } = editionsPlugin({ userRoot, entry })
  if (typeof config !== 'function') throw new Error('The plugin has no config.')
  return (config.call({} as never, {}, { command: 'serve', mode: 'development' }) as { cacheDir: string }).cacheDir
}

it('bundles in a folder of each deck and edition', () => {
  expect([
    cacheOf('/talks/one', '/talks/one/slides.md'),
    cacheOf('/talks/one', '/talks/one/slides.en.md'),
    cacheOf('/talks/two', '/talks/two/slides.md'),
  ]).toEqual(['/talks/one/node_modules/.vite/slides.md', '/talks/one/node_modules/.vite/slides.en.md', '/talks/two/node_modules/.vite/slides.md'])
})
