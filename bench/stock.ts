import type { DeckSlide } from 'slidev-addon-deck/deck'
import { mermaidSource } from 'slidev-addon-deck/fences'
import { glossary } from '../talk/glossary.ts'
import type { SourceDeck } from 'slidev-addon-deck/source-deck'

/** Slidev's own layouts nearest to the deck's. */
const LAYOUTS: Readonly<Record<string, string>> = { cover: 'cover', thesis: 'section', closing: 'statement' }

/** The talk as plain Slidev with the default theme has it: the same text, clicks, notes and Mermaid fences, stock components. */
export function stockMarkdown({ headmatter, slides }: SourceDeck): string {
  const head = ['theme: default', `title: ${JSON.stringify(headmatter['title'])}`, `author: ${JSON.stringify(headmatter['author'])}`, `info: ${JSON.stringify(headmatter['info'])}`, `lang: ${String(headmatter['lang'])}`]
  return slides.map((slide, i) => `---\n${[...i === 0 ? head : [], `layout: ${LAYOUTS[slide.layout] ?? 'default'}`].join('\n')}\n---\n\n${stockContent(slide, slides)}\n\n<!--\n${slide.note}\n-->\n`).join('\n')
}

/** One slide's content with stock components in place of the deck's own. */
export function stockContent({ content }: DeckSlide, slides: readonly DeckSlide[]): string {
  return content
    // Stock has no moving pictures of diagrams: it shows the first state.
    .replace(/^````md magic-move.*\n(```mermaid.*\n[\s\S]*?\n```)[\s\S]*?\n````$/gm, '$1')
    .replace(/<(?:Strip|Ground|Mark)\b[^>]*\/>/g, '')
    .replace(/```mermaid.*\n([\s\S]*?)\n```/g, (_, code: string) => `\`\`\`mermaid\n${mermaidSource(code).text}\n\`\`\``)
    .replace(/<Term\s+id="([^"]*)"\s*\/>/g, (_, id: string) => Object.entries(glossary).find(([key]) => key === id)?.[1].words.zh ?? id)
    .replace(/<Thesis\b[^>]*>([\s\S]*?)<\/Thesis>/g, '$1')
    .replace(/<Callout\b([^>]*)>([\s\S]*?)<\/Callout>/g, (_, attributes: string, text: string) => /\bclick\b/.test(attributes) ? `<v-click>\n\n> ${text}\n\n</v-click>` : `> ${text}`)
    .replace(/<DeckLink\s*\/>/g, '')
    .replace(/<Glossary\s*\/>/g, () => ['| | |', '|---|---|', ...Object.values(glossary).map(({ words: { zh, en } }) => `| ${zh} | ${en} |`)].join('\n'))
    .replace(/<SourceIndex\s*\/>/g, () => slides.filter(({ frontmatter }) => Array.isArray(frontmatter['sources'])).map(({ no, frontmatter }) => `- ${no}: ${String(frontmatter['sources'])}`).join('\n'))
}
