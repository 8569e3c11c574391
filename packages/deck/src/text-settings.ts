/** Settings that are text, and that Slidev takes for text without looking: YAML makes numbers of years, and true and false of some words. */
const TEXTS = ['title', 'titleTemplate', 'info', 'author', 'exportFilename']

/** A frontmatter's settings with those that are text as text: `title: 2026` is the title “2026”. `info: false` is Slidev's own word for none. */
export function withTexts(settings: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(settings).map(([key, value]) => {
    const isOther = typeof value === 'number' || typeof value === 'boolean' && !(key === 'info' && !value)
    return [key, TEXTS.includes(key) && isOther ? String(value) : value]
  }))
}
