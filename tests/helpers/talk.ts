import type { Talk } from 'slidev-addon-deck/talk'

/** Stands in for `virtual:talk` in component tests; a test may set its fields. */
export const talk: Talk = {
  language: 'zh',
  edition: 'zh',
  editions: [
    { language: 'zh', words: 'zh', name: '中文', lang: 'zh-CN', entry: 'slides.md', folder: '' },
    { language: 'en', words: 'en', name: 'English', lang: 'en', entry: 'slides.en.md', folder: 'en' },
  ],
  lang: 'zh-CN',
  slides: [
    { no: 1, id: 'cover', headline: '封面', chapter: '开场', layout: 'cover', minutes: 0.5, sources: [], illustration: false, clicks: 0 },
    { no: 2, id: 'answer', headline: '答案', chapter: '开场', layout: 'assertion', minutes: 1, sources: ['T0.1', 'F0.2'], illustration: false, clicks: 0 },
  ],
}
