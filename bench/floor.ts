import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import subsetFont from 'subset-font'
import type { Deck } from 'slidev-addon-deck/deck'
import { facesOf, type FontRole } from 'slidev-addon-deck/fonts'
import { wholeFonts } from 'slidev-addon-deck/font-files'

/** What no deck can be quicker than: the first slide made by hand, one static page with its text, its picture and two small fonts. */
export async function writeFloor(deck: Deck, folder: string): Promise<void> {
  const [cover] = deck.slides
  const title = cover?.headline ?? ''
  const line = cover?.content.split('\n').map(text => text.trim()).find(text => text && !text.startsWith('#')) ?? ''
  const author = String(deck.headmatter['author'] ?? '')
  const lang = String(deck.headmatter['lang'])
  const [layout, tokens] = await Promise.all(['layouts/cover.vue', 'styles/tokens.css'].map(file => readFile(join(deck.project.root, file), 'utf8')))
  const scene = found(layout, /<svg class="scene"[\s\S]*?<\/svg>/, 'layouts/cover.vue has no scene').replace(/>\s+</g, '><')
  const colours = ['paper', 'ink', 'ink-soft', 'rule', 'old-line', 'new-line'].map(name => found(tokens, new RegExp(`--${name}: [^;]+;`), `styles/tokens.css has no --${name}`)).join('')
  const fonts = [{ role: 'display', name: 'serif', text: title }, { role: 'body', name: 'sans', text: line + author }] as const
  await mkdir(folder, { recursive: true })
  await Promise.all(fonts.map(async ({ role, name, text }) => writeFile(join(folder, `${name}.woff2`), await subset(deck, role, text))))
  const faces = fonts.map(({ name }) => `@font-face{font-family:${name}-cut;src:url(${name}.woff2)}`).join('')
  const preloads = fonts.map(({ name }) => `<link rel="preload" href="${name}.woff2" as="font" type="font/woff2" crossorigin>`).join('')
  await writeFile(join(folder, 'index.html'), `<!doctype html><html lang="${lang}"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title><link rel="icon" href="data:,">${preloads}
<style>${faces}:root{${colours}}${STYLE}</style>
<main>${scene}<div><h1>${title}</h1><p>${line}<p class="author">${author}</div></main>\n`)
}

/** The cover's: `--px` is one px of its canvas of 980 px, which is as wide as the window or its height allows. */
const STYLE = `body{margin:0;background:var(--paper);color:var(--ink)}
main{--px:calc(min(100vw,100vh*980/552)/980);position:absolute;inset:0;margin:auto;width:calc(980*var(--px));height:calc(552*var(--px));display:grid;align-content:center}
.scene{position:absolute;inset:0;fill:none;stroke-linecap:round}
.tide{stroke:var(--old-line);stroke-width:3;stroke-dasharray:11 9}.ground{stroke:var(--rule);stroke-width:2}.root{stroke:var(--new-line);stroke-width:4}
div{position:relative;margin-left:calc(56*var(--px))}h1,p{margin:0}h1{font:calc(84*var(--px))/1.3 serif-cut}p{font:calc(26*var(--px))/1.7 sans-cut;margin-top:calc(14*var(--px))}
.author{font-size:calc(22*var(--px));margin-top:calc(56*var(--px));color:var(--ink-soft)}`

function found(text: string | undefined, pattern: RegExp, otherwise: string): string {
  const match = text === undefined ? undefined : pattern.exec(text)?.[0]
  if (match === undefined) throw new Error(`${otherwise}: bench/floor.ts is made of it.`)
  return match
}

/** A face cut to exactly a text's characters. */
async function subset({ project, edition }: Deck, role: FontRole, text: string): Promise<Buffer> {
  const font = (await wholeFonts(facesOf(project, edition))).find(({ face }) => face.role === role)
  if (!font) throw new Error(`The deck has no face for "${role}".`)
  return subsetFont(await readFile(font.path), text, { targetFormat: 'woff2', noHinting: true })
}
