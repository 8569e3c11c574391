import { expect, it } from 'vitest'
import { pageTitle, slideName, slideRegion } from './spoken.ts'

const talk = { language: 'en', slides: [{ headline: 'The talk' }, { headline: 'A claim' }, { headline: '' }] } as const

it('names a slide by headline and position, one without a headline by its position', () => {
  expect(slideName(talk, 2)).toBe('A claim, 2 of 3')
  expect(slideName({ ...talk, language: 'zh' }, 2)).toBe('A claim，第 2 页，共 3 页')
  expect(slideName(talk, 3)).toBe('3 of 3')
  expect(slideName({ ...talk, language: 'zh' }, 3)).toBe('第 3 页，共 3 页')
})

it('titles a page by its slide first, and the talk’s own slide once', () => {
  expect(pageTitle(talk, 'The talk', 2, false)).toBe('A claim · The talk')
  expect(pageTitle(talk, 'The talk', 1, false)).toBe('The talk')
  expect(pageTitle(talk, 'The talk', 3, false)).toBe('The talk')
  expect(pageTitle(talk, 'The talk', 2, true)).toBe('Presenter view · A claim · The talk')
})

it('makes the shown slide and the preview regions, and no thumbnail or printed page', () => {
  expect(slideRegion(talk, 'slide', 2)).toEqual({ 'role': 'region', 'aria-roledescription': 'slide', 'aria-label': 'A claim, 2 of 3' })
  expect(slideRegion(talk, 'previewNext', 2)['aria-label']).toBe('Next: A claim')
  expect(slideRegion(talk, 'previewNext', 3)['aria-label']).toBe('Next: 3 of 3')
  for (const context of ['overview', 'print', 'none']) expect(slideRegion(talk, context, 2)).toEqual({})
})
