import type { Language } from 'slidev-addon-deck/editions'
import type { Prompts } from './layouts.ts'

/** What PowerPoint shows in the empty places of a new slide. */
export const prompts: Readonly<Record<Language, Prompts>> = {
  zh: { title: '标题', body: '正文', foot: '页脚' },
  en: { title: 'Title', body: 'Text', foot: 'Footer' },
}
