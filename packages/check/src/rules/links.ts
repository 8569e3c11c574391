import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { parseTags, piecesOf, type Attribute } from 'slidev-addon-deck/markup'
import type { SourceSlide } from 'slidev-addon-deck/source-deck'
import { defineRule, type CheckedDeck, type Rules } from '../rule.ts'
import { on, show } from './places.ts'

/** A link of a slide. */
interface Link {
  slide: SourceSlide
  line: number
  /** As it is written. */
  address: string
}

/** Properties by the tags that make links of them. */
const LINKING: Readonly<Record<string, string>> = { a: 'href', link: 'to', routerlink: 'to' }

/** What a property says, where that can be read: text, or a number that is bound. */
const textOf = ({ name, value }: Attribute) => name.startsWith(':') ? /^\s*(?:(\d+)|(['"`])([^'"`$]*)\2)\s*$/.exec(value)?.slice(1).filter((part, i) => part && i !== 1)[0] : value

function linksOf(slide: SourceSlide): Link[] {
  const written = piecesOf(slide).flatMap(piece => piece.kind === 'link' ? [{ line: piece.line, address: piece.address }] : [])
  const tagged = parseTags(slide).flatMap(({ name, line, kind, attributes }) => {
    const property = kind === 'close' ? undefined : LINKING[name.toLowerCase().replaceAll('-', '')]
    const address = attributes.filter(each => each.name.replace(/^:/, '') === property).map(textOf)[0]
    return address === undefined ? [] : [{ line, address }]
  })
  return [...written, ...tagged].map(link => ({ slide, ...link }))
}

const decoded = (address: string) => {
  try {
    return decodeURIComponent(address)
  }
  catch {
    return address
  }
}

/** What is wrong with a link into the deck or its public/, with the mend; nothing where it leads somewhere, or to another host. */
function wrongLink({ slide, address }: Link, { slides, project: { root, editions } }: CheckedDeck): string | undefined {
  const shown = decoded(address)
  if (/^(?:file:|[a-z]:|\\)/i.test(shown)) return `The link ${show(shown)} leads to this machine alone: put the file into public/ and write its path from there, like "/essay.pdf".`
  if (/^(?:[a-z][a-z\d+.-]*:|\/\/)/i.test(shown)) return undefined
  const [, lead = '', path = ''] = /^(#?\/?|\.?\/)([^?#]*)/.exec(shown) ?? []
  const name = path.replace(/\/$/, '')
  const target = slides.find(each => name !== '' && (String(each.no) === name || String(each.frontmatter['routeAlias'] ?? '') === name))
  const isFile = name !== '' && existsSync(join(root, 'public', name))
  const isPage = name === '' ? lead === '/' || lead === './' : name === 'read' || editions.some(({ folder }) => folder !== '' && name.split('/')[0] === folder)
  if (/^#[^/]/.test(shown) && !target && new RegExp(`\\bid=["']${RegExp.escape(shown.slice(1))}["']`).test(slide.content)) return undefined
  if (!target && !isFile && !isPage) return `The link ${show(shown)} leads nowhere: there is neither a slide of that id or number nor a file of that name in public/.`
  if (target && (lead.startsWith('/') || lead.startsWith('./') || /^\d+$/.test(shown))) return undefined
  return lead === '/' || lead === './' ? undefined : `The link ${show(shown)} is looked for below the slide's own address: write "/${path}".`
}

/** Rules about links. */
export const linkRules: Rules = {
  'links-lead': defineRule({
    group: 'always',
    level: 'error',
    describe: 'A link leads to a slide, to a file in public/, or to another host.',
    places: ({ slides }) => slides.flatMap(linksOf),
    findings(link, deck) {
      const message = wrongLink(link, deck)
      if (message) return on(link.slide, link.line, message)
    },
  }),
}
