import { expect, it } from 'vitest'
import { withTexts } from './text-settings.ts'

it('makes text of a year and of a word of YAML’s, and leaves all else', () => {
  expect(withTexts({ title: 2026, info: false, author: true, titleTemplate: '%s', minutes: 1, layout: 3 })).toEqual({ title: '2026', info: false, author: 'true', titleTemplate: '%s', minutes: 1, layout: 3 })
})
