import { join } from 'node:path'
import type { Browser } from 'playwright-chromium'
import type { DeckSlide } from 'slidev-addon-deck/deck'
import { slideName } from 'slidev-addon-present/spoken'
import { words } from 'slidev-addon-present/words'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Pixels } from '../access/pixels.ts'
import { enhanced, sights } from '../access/strokes.ts'
import { connectBrowser } from '../helpers/browser.ts'
import { buildDeck, type BuiltDeck } from '../helpers/built.ts'
import { checked } from '../helpers/checked.ts'
import { editions, readEdition, source } from '../helpers/deck.ts'
import { SCHEMES, schemeInTurn } from './rule.ts'
import { rules } from './rules/index.ts'
import { lastClick, statesOf } from './session.ts'
import { walkThrough, type Walk } from './walk.ts'

let built: BuiltDeck
let browser: Browser
const walks = new Map<string, { slides: readonly DeckSlide[], walk: Walk }>()

beforeAll(async () => {
  [built, browser] = await Promise.all([buildDeck('published'), connectBrowser()])
  const pixels = await Pixels.open(browser)
  await Promise.all(editions.map(async (edition, i) => {
    const { slides } = await readEdition(edition)
    walks.set(edition.language, { slides, walk: await walkThrough(browser, built.baseOf(edition), edition, slides, pixels, schemeInTurn(i), edition === source) })
  }))
})

afterAll(async () => {
  await Promise.all([browser?.close(), built?.close()])
  for (const [language, { walk }] of walks) {
    console.log(`rendered: ${walk.states} states of ${language}, ${rules.length} rules; axe in the whole page of each, ${walk.explained} undecided elements judged otherwise; ${walk.heard.length} steps said once each`)
  }
})

describe.each(editions)('$lang', (edition) => {
  const walked = () => walks.get(edition.language) ?? (() => { throw new Error('The walk did not come to its end.') })()
  /** Nothing was found wrong by something that looked. */
  const expectClean = (name: string, atLeast = 1) => {
    const { looked, findings } = walked().walk.findings.of(name)
    expect(findings).toEqual([])
    expect(looked).toBeGreaterThanOrEqual(atLeast)
  }

  it.each(rules)('$id, light and dark', ({ id }) => expectClean(id))

  it('nothing that must be unique is there twice, all slides taken together', () => expectClean('all slides together', 20))

  it('a clicker goes through every state, and back', () => {
    const { states } = walked().walk
    expectClean('back', states)
    checked('Chromium', 'every slide and click, forwards and back: all rules and axe-core, last clicks light and dark, others light or dark', states)
  })

  it('nothing violates the policy', () => expect(walked().walk.findings.of('policy').findings).toEqual([]))

  it('print shows every slide in its last step', () => {
    expectClean('print, labels')
    expectClean('print, clicks')
    expectClean('print, strips')
    checked('Chromium', 'every slide printed in its last step', walked().slides.length)
  })

  it('every slide reads as its snapshot says', async () => {
    await expect(walked().walk.spoken).toMatchFileSnapshot(join(import.meta.dirname, `../access/snapshots/${edition.language}.txt`))
  })

  it('what no click has revealed yet is not read', () => expectClean('withheld', 30))

  it('every slide and click is said once, by headline and position or by what it brings', () => {
    const { slides, walk: { heard } } = walked()
    expectClean('said once')
    const states = statesOf(slides).slice(1)
    expect(heard).toHaveLength(states.length)
    const named = { language: edition.words, slides }
    const wrong = states.flatMap(({ slide, click }, i) => {
      const said = heard[i] ?? ''
      if (click === 0) return said === slideName(named, slide.no) ? [] : [`${slide.id}: ${said}`]
      // A click that only counts says nothing of what it brings.
      return said && said !== slideName(named, slide.no) && said !== words[edition.words].step(click, lastClick(slide)) ? [] : [`${slide.id} click ${click}: ${said}`]
    })
    expect(wrong).toEqual([])
    checked('Chromium', 'every step told once to a screen reader, and what it can read as its snapshot says', states.length)
  })

  it('old and new are told apart by their strokes', () => expectClean('strokes light, as it is', 20))
})

describe.each(SCHEMES)('as anyone sees it, %s', (scheme) => {
  const findings = () => walks.get(source.language)?.walk.findings

  it.each(sights.flatMap(({ through }) => through))('old and new are told apart by their strokes: $name', ({ name }) => {
    const { looked, findings: found } = findings()?.of(`strokes ${scheme}, ${name}`) ?? { looked: 0, findings: [] }
    expect(found).toEqual([])
    expect(looked).toBeGreaterThan(20)
  })

  it.each(enhanced)('every text and every stroke stands out more: $name', ({ name }) => {
    const { looked, findings: found } = findings()?.of(`${name} ${scheme}`) ?? { looked: 0, findings: [] }
    expect(found).toEqual([])
    expect(looked).toBeGreaterThan(100)
  })
})
