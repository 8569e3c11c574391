import { defineDeck } from 'slidev-addon-deck'
import { glossary } from './talk/glossary.ts'
import { labels, shownLabels } from './talk/labels.ts'
import { paragraphs, parts } from './talk/paragraphs.ts'

/** A face's source: an @fontsource package, in the subset that is taken whole while presenting. */
const font = (name: string, subset: string) => ({ package: `@fontsource/${name}`, subset })
const chinese = { display: font('noto-serif-sc', 'chinese-simplified'), text: font('noto-sans-sc', 'chinese-simplified') }
const latin = { display: font('source-serif-4', 'latin'), text: font('source-sans-3', 'latin') }

/** All that is this talk's own. */
export default defineDeck({
  name: 'after-the-ebb',
  editions: [
    { language: 'zh', name: '中文', lang: 'zh-CN', entry: 'slides.md', folder: '', marks: labels.zh.aspects },
    { language: 'en', name: 'English', lang: 'en', entry: 'slides.en.md', folder: 'en', marks: labels.en.aspects },
  ],
  prose: true,
  sources: { paragraphs, parts, hint: 'F0.1 to F2.8 or T0.1 to T4.4', freeLayouts: ['cover', 'closing', 'appendix'] },
  glossary,
  fonts: {
    zh: { display: [chinese.display], text: [chinese.text] },
    // Its few Chinese words are set in the Chinese faces.
    en: { display: [latin.display, chinese.display], text: [latin.text, chinese.text] },
  },
  shownText: { zh: shownLabels('zh'), en: shownLabels('en') },
  displayFace: { components: ['Callout'], layouts: ['cover', 'comparison', 'checklist', 'closing'] },
  largeText: ['Callout', 'Thesis'],
  clickComponents: { Callout: 'click' },
  keywords: { zh: [...labels.zh.aspects], en: [...labels.en.aspects] },
  limits: {
    zh: { headline: 44, text: 60, pace: 220 },
    en: { headline: 90, text: 40, pace: 130 },
  },
  unspoken: ['appendix'],
  unlimited: { slides: ['limits', 'glossary', 'sources'], layouts: ['comparison', 'appendix'] },
})
