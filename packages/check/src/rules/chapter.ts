import type { SourceSlide } from 'slidev-addon-deck/source-deck'
import { defineRule } from '../rule.ts'
import { onKey } from './places.ts'

const names = ({ frontmatter: { chapter } }: SourceSlide) => typeof chapter === 'string' && chapter.trim() !== ''

export default defineRule({
  id: 'chapter',
  group: 'prose',
  level: 'error',
  describe: 'The first slide of each chapter file, and no other, names its chapter.',
  places: deck => deck.slides.map((slide, i) => ({ slide, first: deck.slides[i - 1]?.file !== slide.file })),
  findings({ slide, first }) {
    if (first && !names(slide)) {
      return [onKey(slide, 'chapter', 'The chapter has no title: add "chapter: its short title" to the frontmatter of the file\'s first slide.')]
    }
    if (!first && slide.frontmatter.chapter !== undefined) {
      return [onKey(slide, 'chapter', 'Only the first slide of a file names the chapter: remove "chapter", or begin a new file and give it a "src:" line.')]
    }
    return []
  },
})
