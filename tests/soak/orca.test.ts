import { join } from 'node:path'
import { slideName } from 'slidev-addon-present/spoken'
import { words } from 'slidev-addon-present/words'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildDeck, type BuiltDeck } from '../helpers/built.ts'
import { checked } from '../helpers/checked.ts'
import { editions, readEdition, slideThat, source } from '../helpers/deck.ts'
import { lastClick } from '../rendered/session.ts'
import { heardBrowsers, ScreenReader, type HeardBrowser } from './orca/screen-reader.ts'

/*
 * What Orca says in each browser, word for word. What any screen reader gets of every slide: access/snapshots.
 * Renewed by: npm run test:soak -- orca -u
 */

const TIMEOUT = 400_000

let built: BuiltDeck
beforeAll(async () => {
  built = await buildDeck('plain')
})
afterAll(() => built?.close())

/** Opens a page, presses keys from its top on, and tells what was said at each: not what is said while it loads, whose order is chance. */
async function tell(browser: HeardBrowser, address: string, keys: readonly string[]): Promise<Map<string, string[]>> {
  const reader = await ScreenReader.open(browser, address)
  try {
    await reader.listenFor('Page has')
    await reader.press('ctrl+Home')
    const told = new Map<string, string[]>()
    for (const [i, key] of keys.entries()) told.set(`${i + 1} ${key}`, await reader.press(key))
    return told
  }
  finally {
    await reader.close()
  }
}

const textOf = (told: ReadonlyMap<string, readonly string[]>) => Array.from(told, ([key, said]) => [`## ${key}`, ...said].join('\n')).join('\n\n')

/** Where it is kept what a browser's transcript was. */
const transcript = (browser: HeardBrowser, name: string) => join(import.meta.dirname, 'orca', browser.toLowerCase(), `${name}.txt`)

describe.each(heardBrowsers)('Orca with %s', (browser) => {
  it.each(editions)('says each slide and click once, keeps its focus mode, and says what the list of keys is called, $lang', async (edition) => {
    const { slides } = await readEdition(edition)
    const slide = slideThat(slides.slice(1), each => lastClick(each) > 0)
    const next = slides[slide.no] ?? slide
    const forwards = Array.from({ length: lastClick(slide) + 2 }, () => 'Next')
    // In browse mode; then, with the cursor in the slide, in focus mode.
    const told = await tell(browser, `${built.baseOf(edition)}${slide.id}/`, [...forwards, 'Down', 'Down', 'Insert+a', 'Right', 'Right', 'question', 'Escape'])
    await expect(textOf(told)).toMatchFileSnapshot(transcript(browser, `slides.${edition.language}`))
    const said = [...told.values()].flat()
    // On the way to the voice, full-width marks become narrow ones.
    const called = slideName({ language: edition.words, slides }, next.no).normalize('NFKC')
    expect(said.filter(each => each.includes(called))).toHaveLength(1)
    expect(said.slice(said.indexOf('Focus mode') + 1, said.findIndex(each => each.startsWith(words[edition.words].help.close)))).not.toContain('Browse mode')
    expect(said.some(each => each.includes(words[edition.words].help.title))).toBe(true)
    checked(`Orca with ${browser}`, 'keys pressed on slides: each click said once, focus mode kept, the list of keys named', told.size)
  }, TIMEOUT)

  it('of a drawing on the reading page, reads name and description alone', async () => {
    // From the top to the first picture, then on by lines.
    const told = await tell(browser, `${built.baseOf(source)}read/`, ['g', 'Down', 'Down', 'Down'])
    await expect(textOf(told)).toMatchFileSnapshot(transcript(browser, 'read'))
    checked(`Orca with ${browser}`, 'a drawing of the reading page: name and description alone', 1)
  }, TIMEOUT)
})
