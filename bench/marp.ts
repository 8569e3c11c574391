import { fencesOf } from 'slidev-addon-diagrams/problems'
import { readDrawing } from 'slidev-addon-diagrams/store'
import type { SourceDeck } from 'slidev-addon-deck/source-deck'
import { stockContent } from './stock.ts'

/** A talk for Marp: its Markdown, and the pictures it shows by file name. */
export interface MarpTalk {
  markdown: string
  pictures: Map<string, string>
}

/**
 * The talk as Marp has it: the same text, and each diagram as the SVG that our own deck shows, since Marp draws no Mermaid.
 * @throws where a diagram has not been drawn
 */
export function marpTalk(deck: SourceDeck): MarpTalk {
  const pictures = new Map<string, string>()
  const slides = deck.slides.map((slide) => {
    const pieces = fencesOf({ ...deck, slides: [slide] }).filter(({ fence: { state } }) => !state || state.index === 0).map(({ fence, faces, marks }) => {
      const drawn = readDrawing(deck.project.root, fence, faces, { marks })
      if (!drawn || !('svg' in drawn)) throw new Error(`${slide.file}:${fence.line} is not drawn: run npm run diagrams.`)
      return drawn.svg
    })
    const content = stockContent(slide, deck.slides)
      .replace(/<\/?v-clicks?>/g, '')
      .replace(/```mermaid\n[\s\S]*?\n```/g, () => {
        const name = `diagram-${pictures.size + 1}.svg`
        pictures.set(name, pieces.shift() ?? '')
        return `![](${name})`
      })
    return `${content}\n\n<!--\n${slide.note}\n-->\n`
  })
  return { markdown: `---\nmarp: true\ntitle: ${JSON.stringify(deck.headmatter['title'])}\nlang: ${String(deck.headmatter['lang'])}\n---\n\n${slides.join('\n---\n\n')}`, pictures }
}
