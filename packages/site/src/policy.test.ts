import { expect, it } from 'vitest'
import type { SourceDeck, SourceSlide } from 'slidev-addon-deck/source-deck'
import { sha256Source } from './inline-hashes.ts'
import { allowanceOf, contentPolicy, namesOfRefused, policyTag } from './policy.ts'

const picture = { markup: '<p>', text: { display: '', body: '', strong: '' } }
const rendered = (markup: string, ...refused: [directive: string, what: string, slide?: number][]) => ({
  slides: [{ no: 1, id: '', headline: '', clicks: 0, first: { ...picture, markup }, last: picture }],
  refused: refused.map(([directive, what, slide = 1]) => ({ directive, what, slide })),
})
const policyOf = (of: ReturnType<typeof rendered>, { isOpen = false, isLate = false } = {}) => new Map(contentPolicy({ scripts: [sha256Source('s')], styles: [] }, allowanceOf(of, { isOpen, isLate })).split('; ').map(each => [each.split(' ')[0], each.split(' ').slice(1)]))

it('allows a build’s own files and nothing else', () => {
  const policy = policyOf(rendered('<p>', ['img-src', 'https://a.example/x.png'], ['script-src', 'eval']))
  expect(policy.get('default-src')).toEqual([`'none'`])
  expect(policy.get('script-src')).toEqual([`'self'`, sha256Source('s')])
  expect(policy.get('img-src')).toEqual([`'self'`, 'data:'])
  expect([...policy.values()].flat().filter(source => /unsafe|http/.test(source ?? ''))).toEqual([])
})

it('allows style attributes where slides have them, and style elements where they make them', () => {
  expect(policyOf(rendered('<p style="color:red">')).get('style-src-attr')).toEqual([`'unsafe-inline'`])
  const policy = policyOf(rendered('<p>', ['style-src-elem', 'inline'], ['worker-src', 'blob']))
  expect(policy.get('style-src-elem')).toEqual([`'self'`, `'unsafe-inline'`])
  expect(policy.has('style-src-attr')).toBe(false)
  expect(policy.get('worker-src')).toEqual([`'self'`, 'blob:'])
  expect(policyOf(rendered('<p>'), { isLate: true }).get('style-src-elem')).toEqual([`'self'`, `'unsafe-inline'`])
})

it('allows other hosts and code made at run time in an open deck', () => {
  const policy = policyOf(rendered('<p>'), { isOpen: true })
  expect(policy.get('script-src')).toContain(`'unsafe-eval'`)
  for (const directive of ['img-src', 'frame-src', 'font-src', 'connect-src', 'style-src']) expect(policy.get(directive)).toContain('https:')
})

it('lets no source in that is no hash', () => {
  expect(() => contentPolicy({ scripts: [`'unsafe-inline'`], styles: [] })).toThrow('is no sha256 source')
  expect(policyTag()).toMatch(/^<meta http-equiv="Content-Security-Policy" content="default-src 'none'; [^"]+">$/)
})

it('names what pages go without once, at its place in the source', () => {
  const slide = (no: number, content: string, frontmatter: Record<string, unknown> = {}, keyLines: Record<string, number> = {}) =>
    ({ no, file: 'slides.md', line: no * 10, contentLine: no * 10 + 3, content, frontmatter, keyLines }) as SourceSlide
  const deck = {
    entry: 'slides.md',
    sections: [{ line: 1, keyLines: { fonts: 4 } }],
    slides: [slide(1, '# A', { background: 'https://cover.example' }, { background: 11 }), slide(2, 'text\n![](https://b.example/p.png?x=1)'), slide(3, 'code\n\n```ts {monaco-run} {autorun:false}\nrun()\n```')],
  } as unknown as SourceDeck
  const { refused } = rendered('', ['img-src', 'https://cover.example/', 2], ['img-src', 'https://b.example/p.png?x=1', 2], ['img-src', 'https://b.example/p.png?x=1', 3],
    ['style-src-elem', 'https://type.example/css2', 0], ['script-src', 'eval', 3], ['style-src-attr', 'inline', 3], ['frame-src', 'https://c.example/', 3])
  expect([...new Set(namesOfRefused(deck, refused).map(({ line, message }) => `${line} ${/without (.*?):/.exec(message)?.[1] ?? message}`))]).toEqual([
    '11 the picture from cover.example', '24 the picture from b.example', '4 the style sheet from type.example', '30 code that is made while it runs', '30 the frame from c.example', '35 code that is made while it runs',
  ])
})
