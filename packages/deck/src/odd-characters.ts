/** Spaces that look like one and are none to Markdown and YAML. */
const ODD_SPACES = '\\u00A0\\u1680\\u2000-\\u200A\\u202F\\u205F\\u3000'
/** Characters that show nothing at all. */
const UNSEEN = '\\u00AD\\u034F\\u061C\\u115F\\u1160\\u17B4\\u17B5\\u180E\\u200B-\\u200F\\u2028-\\u202E\\u2060-\\u206F\\u3164\\uFEFF\\uFFA0'
/** One of them, as part of a pattern. */
export const ODD = `[${ODD_SPACES}${UNSEEN}]`

const NAMES: Readonly<Record<string, string>> = {
  '\u00A0': 'a no-break space', '\u3000': 'a full-width space', '\u200B': 'a zero-width space', '\u200C': 'a zero-width non-joiner', '\u200D': 'a zero-width joiner',
  '\u00AD': 'a soft hyphen', '\u2060': 'a word joiner', '\uFEFF': 'a byte order mark', '\u2028': 'a line separator', '\u2029': 'a paragraph separator', '\u202F': 'a narrow no-break space',
}

/** What an odd character is called, with its number: `a no-break space (U+00A0)`. */
export function oddName(character: string): string {
  const kind = new RegExp(`[${UNSEEN}]`).test(character) ? 'an invisible character' : 'an odd space'
  return `${NAMES[character] ?? kind} (U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')})`
}
