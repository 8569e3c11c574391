/** Text of XML that is well-formed by itself. */
export type Xml = string & { readonly isXml: true }

type Value = string | number | undefined

const escaped = (value: string) => value
  // Characters that no XML may hold.
  .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
  .replace(/[&<>"]/g, character => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[character] ?? character)

/** An element with its attributes, those left out that are undefined, and what stands in it. */
export function el(name: string, attributes: Readonly<Record<string, Value>> = {}, children: readonly (Xml | undefined)[] = []): Xml {
  const written = Object.entries(attributes).flatMap(([key, value]) => value === undefined ? [] : [` ${key}="${escaped(String(value)).replaceAll('\n', '&#10;')}"`]).join('')
  const inside = children.filter(child => child !== undefined).join('')
  return (inside ? `<${name}${written}>${inside}</${name}>` : `<${name}${written}/>`) as Xml
}

/** Text as it stands in an element. */
export const text = (value: string): Xml => escaped(value) as Xml

/** A file of one element. */
export const file = (root: Xml): string => `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n${root}`

/** The namespaces that parts of a presentation declare. */
export const NAMESPACES = {
  'xmlns:a': 'http://schemas.openxmlformats.org/drawingml/2006/main',
  'xmlns:r': 'http://schemas.openxmlformats.org/officeDocument/2006/relationships',
  'xmlns:p': 'http://schemas.openxmlformats.org/presentationml/2006/main',
} as const
