import type { Language } from 'slidev-addon-deck/editions'
import type { Patch } from '../mend.ts'
import { accessibility } from './accessibility.ts'
import { windows } from './windows.ts'
import { chinese } from './words.zh.ts'

/** Every patch for a deck whose controls speak a language: Slidev's are in English. */
export function patchesIn(language: Language): readonly Patch[] {
  const patches = Object.entries({ ...accessibility, ...windows }).map(([section, changes]) => ({ section, changes }))
  return [...patches, ...language === 'zh' ? chinese : []]
}
