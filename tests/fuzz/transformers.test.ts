import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CodeblockTransformer, MarkdownTransformer, ResolvedSlidevOptions, SlideInfo } from '@slidev/types'
import fc from 'fast-check'
import type { Edition } from 'slidev-addon-deck/editions'
import { mermaidSource, parseFence, parseFences } from 'slidev-addon-deck/fences'
import { isDiagram } from 'slidev-addon-deck/markup'
import { openProject } from 'slidev-addon-deck/project'
import { fencesOf, findProblems } from 'slidev-addon-diagrams/problems'
import { writeDrawing } from 'slidev-addon-diagrams/store'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { brokenDiagram, whyUndrawn } from '../../packages/diagrams/src/mermaid.ts'
import { createDiagramTransformer } from '../../packages/diagrams/src/transformer.ts'
import setupTransformers from '../../packages/deck/setup/transformers.ts'
import { editions, root as talkRoot, source } from '../helpers/deck.ts'
import { settings } from '../../packages/check/tests/fuzz/settings.ts'
import { hostileLine, hostileText } from '../../packages/check/tests/fuzz/text.ts'
import { Watchdog } from '../../packages/check/tests/fuzz/watchdog.ts'

const TIMEOUT = 400_000
const FILE = 'pages/a.md'
const watchdog = new Watchdog()
/** A deck without a config. */
const root = mkdtempSync(join(tmpdir(), 'deck-fuzz-'))
beforeAll(() => {
  writeFileSync(join(root, 'slides.md'), '---\nlang: zh-CN\n---\n\n# x\n')
  // What is left to Mermaid is told each time.
  vi.spyOn(console, 'warn').mockReturnValue()
})
afterAll(() => {
  rmSync(root, { recursive: true, force: true })
  return watchdog.close()
})

/** The part of Slidev's options that the transformers read. */
const options = (userRoot: string, entry: string) => ({ userRoot, entry: join(userRoot, entry), mode: 'build' }) as unknown as ResolvedSlidevOptions

async function clausesTransformer(): Promise<MarkdownTransformer> {
  const { pre: [transformer] = [] } = await setupTransformers()
  if (!transformer) throw new Error('There is no transformer of clauses.')
  return transformer
}

/** The slide's text as Slidev gives it to a transformer: what is overwritten, in the order of its places. */
class Editable {
  private text: string
  private shift = 0
  constructor(text: string) {
    this.text = text
  }

  overwrite(start: number, end: number, text: string): void {
    this.text = this.text.slice(0, start + this.shift) + text + this.text.slice(end + this.shift)
    this.shift += text.length - (end - start)
  }

  toString(): string {
    return this.text
  }
}

/** A slide of an edition of the talk after a transformer. */
async function transformed(transform: MarkdownTransformer, content: string, { entry }: Edition): Promise<string> {
  const s = new Editable(content)
  await transform({ s, slide: slideOf(content), options: options(talkRoot, entry) } as unknown as Parameters<MarkdownTransformer>[0])
  return s.toString()
}

const slideOf = (content: string) => ({ source: { raw: content, start: 6, content, filepath: join(root, FILE) } }) as unknown as SlideInfo

/** A block of code as Slidev hands it over. */
const context = (info: string, code: string, content: string): Parameters<CodeblockTransformer>[0] =>
  ({ info, code, slide: slideOf(content), options: options(root, 'slides.md') }) as unknown as Parameters<CodeblockTransformer>[0]

const decode = (text: string) => text.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&quot;/g, '"').replace(/&amp;/g, '&')

it('wraps clauses of any slide without changing a word, and each as a whole', async () => {
  const transform = await clausesTransformer()
  const text = fc.oneof(hostileText, fc.string({ unit: fc.constantFrom('# ', '<Callout kind="takeaway">', '</Callout>', '**', '`', '，', '。', '甲', '[', '](x)', '_', '\n', '<Term id="traffic" />'), maxLength: 30 }))
  await fc.assert(fc.asyncProperty(text, async (content) => {
    const wrapped = await watchdog.watchAsync(content, () => transformed(transform, content, source))
    expect(wrapped.replaceAll(/<span class="clause">([^]*?)<\/span>/g, '$1')).toBe(content)
    // Emphasis or code that began in one clause and ended in the next would leave tags that cross, and no template.
    for (const [, clause = ''] of wrapped.matchAll(/<span class="clause">([^]*?)<\/span>/g)) {
      for (const mark of ['**', '`']) expect(clause.split(mark).length % 2, `${mark} in ${clause}`).toBe(1)
      expect(clause.split('[').length, clause).toBe(clause.split(']').length)
    }
  }), settings(1500))
}, TIMEOUT)

it('leaves English as it is', async () => {
  const transform = await clausesTransformer()
  const english = editions.find(({ words }) => words === 'en')
  if (!english) throw new Error('The talk has no English edition.')
  await fc.assert(fc.asyncProperty(hostileText, async (content) => {
    expect(await transformed(transform, content, english)).toBe(content)
  }), settings(100))
}, TIMEOUT)

it('turns a drawn fence of any words into one component with its title and description, and leaves what it cannot draw', async () => {
  const transform = createDiagramTransformer()
  const fenceText = fc.tuple(fc.constantFrom('flowchart LR', 'timeline', 'mindmap', 'pie'), hostileLine, hostileLine, hostileText)
    .map(([kind, title, description, rest]) => `${kind}\n  accTitle: ${title}\n  accDescr: ${description}\n${rest.replaceAll(/^\s*(?:```|~~~).*$/gm, '')}`)
  const deck = await deckOf('')
  const faces = fencesOf(await deckOf('```mermaid\nflowchart LR\n```'))[0]?.faces ?? []
  await fc.assert(fc.asyncProperty(fenceText, async (code) => {
    const content = `# x\n\n\`\`\`mermaid\n${code}\n\`\`\``
    const [fence] = parseFences(content, 7).filter(isDiagram)
    if (!fence || fence.code !== code) return
    writeDrawing(deck.project.root, fence, faces, { svg: '<svg><g/></svg>' })
    const result = await watchdog.watchAsync(code, () => Promise.resolve(transform(context('mermaid', code, content))))
    if (whyUndrawn(fence)) return void expect(result).toBeUndefined()
    const [, title = '', description = '', steps] = /^<Diagram title="([^"]*)" description="([^"]*)" :steps="(\d+)"><svg v-pre aria-hidden="true"><g\/><\/svg><\/Diagram>$/.exec(String(result)) ?? []
    if (fence.title) expect(decode(title)).toBe(fence.title)
    expect({ description: decode(description), steps: Number(steps) }).toEqual({ description: fence.description, steps: fence.steps })
  }), settings(700))
}, TIMEOUT)

it('passes over a block of any other language', async () => {
  const transform = createDiagramTransformer()
  await fc.assert(fc.asyncProperty(hostileLine.filter(info => !/^mermaid\b/.test(info)), hostileText, async (info, code) => {
    expect(await transform(context(info, code, ''))).toBeUndefined()
  }), settings(300))
}, TIMEOUT)

it('names a line of the fence for anything that Mermaid says', () => {
  const said = fc.oneof(hostileText, fc.nat().map(line => `Parse error on line ${line}: x`), fc.constantFrom('', 'Lexical error on line 0', 'at line: 4294967296'))
  fc.assert(fc.property(said, hostileText, fc.boolean(), (message, code, thrown) => {
    const fence = parseFence(code, 'mermaid', 7)
    const { line } = watchdog.watch(code, () => brokenDiagram(thrown ? new Error(message) : message, fence))
    expect(line).toBeGreaterThanOrEqual(7)
    expect(line).toBeLessThanOrEqual(7 + Math.max(1, mermaidSource(code).text === '' ? 1 : code.split('\n').length))
  }), settings(500))
}, TIMEOUT)

/** A deck of one slide. */
async function deckOf(content: string) {
  const project = await openProject(root)
  return {
    project, edition: project.editions[0], entry: 'slides.md', headmatter: { lang: 'zh-CN' }, sections: [],
    slides: [{ no: 1, id: 'x', headline: '', layout: '', chapter: '', file: FILE, line: 1, contentLine: 7, frontmatter: {}, content, note: '', keyLines: {}, noteLine: 1 }],
  }
}

it('tells of any fence that is not drawn, with its line', async () => {
  const kind = fc.constantFrom('flowchart LR', 'stateDiagram-v2', 'sequenceDiagram', 'timeline', 'mindmap', 'pie', '', 'constructor')
  let told = 0
  await fc.assert(fc.asyncProperty(kind, hostileText, async (first, rest) => {
    const content = `\`\`\`mermaid\n${first}\n${rest}\n\`\`\``
    const deck = await deckOf(content)
    const problems = await watchdog.watchAsync(content, () => findProblems(deck))
    told += problems.length
    for (const { file, line, message } of problems) {
      expect(file).toBe(FILE)
      expect(line).toBeGreaterThanOrEqual(7)
      expect(line).toBeLessThan(7 + content.split('\n').length)
      expect(message.trim()).not.toBe('')
      expect(message).not.toMatch(/^\s+at .*[:)]\d/m)
    }
  }), settings(300))
  expect(told).toBeGreaterThan(20)
}, TIMEOUT)
