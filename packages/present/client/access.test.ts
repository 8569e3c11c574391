import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { pageTitle, slideName, slideRegion } from './spoken.ts'
import { mend } from '../vite/patches.ts'
import { patches, type Patch } from '../vite/slidev-patches.ts'
import { translations } from '../vite/slidev-words.ts'

const client = dirname(createRequire(import.meta.url).resolve('@slidev/client/package.json'))
const patch: Patch = { issue: 'No main landmark', file: 'pages/play.vue', find: '<div id="root">', put: '<main id="root">' }

describe('changes to Slidev', () => {
  it.each(['zh', 'en'] as const)('all have their place in the Slidev that is installed (%s)', (language) => {
    const files = Map.groupBy([...patches, ...translations(language)], ({ file }) => file)
    expect(files.size).toBeGreaterThan(10)
    for (const [file, changes] of files) {
      const text = readFileSync(join(client, file), 'utf8')
      expect(mend(text, changes)).not.toBe(text)
    }
  })

  it('each replace a text', () => {
    expect(mend('a <div id="root"> b', [patch])).toBe('a <main id="root"> b')
    expect(mend('x x', [{ ...patch, find: 'x', put: '$&', times: 2 }])).toBe('$& $&')
  })

  it.each([['not there', 'a <div> b'], ['there twice', '<div id="root"> <div id="root">']])('stop where the text is %s, naming it, its file and the mend', (_, text) => {
    expect(() => mend(text, [patch])).toThrow(/@slidev\/client\/pages\/play\.vue has \d times, not 1,[^]*<div id="root">[^]*“No main landmark” in docs\/upstream\.md/)
  })

  it('are each described in docs/upstream.md', () => {
    const headings = [...readFileSync(join(import.meta.dirname, '../../../docs/upstream.md'), 'utf8').matchAll(/^### (.+)$/gm)].map(([, heading]) => heading)
    expect(headings).toEqual(expect.arrayContaining([...new Set([...patches, ...translations('zh')].map(({ issue }) => issue))]))
  })
})

describe('names', () => {
  const talk = { language: 'en', slides: [{ headline: 'The talk' }, { headline: 'A claim' }] } as const

  it('of a slide say headline and position', () => {
    expect(slideName(talk, 2)).toBe('A claim, 2 of 2')
    expect(slideName({ ...talk, language: 'zh' }, 2)).toBe('A claim，第 2 页，共 2 页')
  })

  it('of a page put the slide first, and the talk’s own slide once', () => {
    expect(pageTitle(talk, 'The talk', 2, false)).toBe('A claim · The talk')
    expect(pageTitle(talk, 'The talk', 1, false)).toBe('The talk')
    expect(pageTitle(talk, 'The talk', 2, true)).toBe('Presenter view · A claim · The talk')
  })

  it('make the shown slide and the preview regions, and no thumbnail or printed page', () => {
    expect(slideRegion(talk, 'slide', 2)).toEqual({ 'role': 'region', 'aria-roledescription': 'slide', 'aria-label': 'A claim, 2 of 2' })
    expect(slideRegion(talk, 'previewNext', 2)['aria-label']).toBe('Next: A claim')
    for (const context of ['overview', 'print', 'none']) expect(slideRegion(talk, context, 2)).toEqual({})
  })
})
