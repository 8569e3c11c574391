import type { ResolvedSlidevOptions } from '@slidev/types'
import { expect, it } from 'vitest'
import { optimizePlugin } from './optimize.ts'

it('looks in the deck’s folders and in those of its addons, without a glob that Vite would look through the disk for', () => {
  const { config } = optimizePlugin({ userRoot: '/talks/mine', roots: ['/kit/present', '/talks/mine'] } as ResolvedSlidevOptions)
  if (typeof config !== 'function') throw new Error('The plugin has no config.')
  const { optimizeDeps } = config.call({} as never, {}, { command: 'serve', mode: 'development' }) as { optimizeDeps: { entries: string[] } }
  expect(optimizeDeps.entries).toEqual([
    '../../kit/present/*.vue', '../../kit/present/components/**/*.vue', '../../kit/present/layouts/**/*.vue',
    './*.vue', './components/**/*.vue', './layouts/**/*.vue',
  ])
})
