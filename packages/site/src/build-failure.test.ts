import { expect, it } from 'vitest'
import { explainFailure, noticesIn } from './build-failure.ts'

const slides = [{ file: 'pages/zh/01-opening.md', line: 1 }, { file: 'pages/zh/01-opening.md', line: 17 }]
const explain = (output: string) => explainFailure(output, slides, '/home/me/deck')

const BANNER = '\n  ●■▲\n  Slidev  v53.0.0\nvite building for production...\n✗ Build failed in 3.14s\nBuild failed with 1 error:\n\n'
const TRACE = '\n    at MarkdownIt.render (file:///home/me/deck/node_modules/x/index.js:3742:42)\n    at async Object.build (node.js:35208:19) {\n  errors: [Getter/Setter]\n}\n'

it('leaves a message that has file and line as it is', () => {
  const output = `${BANNER}[plugin deck:fonts] /home/me/deck/node_modules/.cache/deck-fonts/deck-fonts.css\nMissingGlyphError: pages/zh/01-opening.md:9  missing-glyph  no glyph for 🦊\npages/zh/01-opening.md:12  missing-glyph  no glyph for 🐟${TRACE}`
  expect(explain(output)).toBe('pages/zh/01-opening.md:9  missing-glyph  no glyph for 🦊\npages/zh/01-opening.md:12  missing-glyph  no glyph for 🐟')
})

it('finds the file and line of a slide that Slidev calls by its number', () => {
  const output = `${BANNER}[plugin vite:vue] /home/me/deck/pages/zh/01-opening.md__slidev_2.md:4:12\nRolldownError: Element is missing end tag.\nSyntaxError: Element is missing end tag.${TRACE}`
  expect(explain(output)).toBe('pages/zh/01-opening.md:17  slide 2  Element is missing end tag.')
})

it('takes the sentence from a drawing of the source', () => {
  const output = `${BANNER}\u001B[31m[UNRESOLVED_IMPORT] \u001B[0mCould not resolve './nope.png' in pages/zh/01-opening.md__slidev_2.md\n   ╭─[ pages/zh/01-opening.md__slidev_2.md:2:24 ]\n   │\n 2 │ import _imports_0 from './nope.png'\n   │                        ╰─────── Module not found.\n───╯\n${TRACE}`
  expect(explain(output)).toBe('pages/zh/01-opening.md:17  slide 2  Could not resolve \'./nope.png\' in pages/zh/01-opening.md')
})

it('puts what names a slide before what does not', () => {
  const output = `${BANNER}[plugin vite:vue] /@slidev/title-renderer.md:23:29\nSyntaxError: Unexpected token${TRACE}[plugin vite:vue] /home/me/deck/pages/zh/01-opening.md__slidev_1.md:4:12\nSyntaxError: Unexpected token${TRACE}`
  expect(explain(output).split('\n')).toEqual(['pages/zh/01-opening.md:1  slide 1  Unexpected token', '/@slidev/title-renderer.md:23:29  Unexpected token'])
})

it('gives what there is of any other failure', () => {
  expect(explain('TypeError: options.roots is not iterable\n    at setup (file:///x.mjs:1:1)\n\nNode.js v24.21.0\n')).toBe('options.roots is not iterable')
  const crash = '\n  ●■▲\n  Slidev  v53.0.0\n\nfile:///x/cli.mjs:2\n\tif (true) throw new Error(`no theme`)\n\t                ^\n\nError: no theme\n    at f (file:///x/cli.mjs:2:18)\n\nNode.js v24.21.0\n'
  expect(explain(crash)).toBe('no theme')
  expect(explain('')).toBe('Slidev stopped without a message.')
})

it('tells what a build that went well noted of single places, and nothing else', () => {
  const output = `${BANNER}\u001B[33mpages/a.md:12  diagram-in-page  Slidev's own Mermaid draws it.\u001B[39m\nrendering chunks...\n../dist/assets/index.js  12.3 kB\n`
  expect(noticesIn(output)).toEqual(['pages/a.md:12  diagram-in-page  Slidev\'s own Mermaid draws it.'])
})
