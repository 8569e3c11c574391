import { expect, it } from 'vitest'
import { editionAddress, fileAddress } from './edition-address.ts'
import type { Edition } from './editions.ts'

const zh: Edition = { language: 'zh', words: 'zh', name: '中文', lang: 'zh-CN', entry: 'slides.md', folder: '' }
const en: Edition = { language: 'en', words: 'en', name: 'English', lang: 'en', entry: 'slides.en.md', folder: 'en' }

it.each([
  ['/', zh, en, 0, '/en/ebb/'],
  ['/talk/', zh, en, 2, '/talk/en/ebb/?clicks=2'],
  ['/en/', en, zh, 1, '/ebb/?clicks=1'],
  ['/talk/en/', en, zh, 0, '/talk/ebb/'],
] as const)('under %s', (base, from, to, clicks, address) => {
  expect(editionAddress(base, from, to, 'ebb', clicks)).toBe(address)
})

it('refuses a base path that is not the edition’s', () => {
  expect(() => editionAddress('/talk/', en, zh, 'ebb', 0)).toThrow('not below /en/')
})

it('leads to a file beside this one', () => {
  expect(fileAddress('talk.en.html', 'ebb', 2)).toBe('talk.en.html#/ebb?clicks=2')
  expect(fileAddress('talk #1.html', 7, 0)).toBe('talk%20%231.html#/7')
})
