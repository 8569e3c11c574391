import { UsageError } from 'slidev-addon-deck/command-line'
import type { Edition } from 'slidev-addon-deck/editions'
import type { SourceDeck } from 'slidev-addon-deck/source-deck'
import { expect, it } from 'vitest'
import { editionsOf, needsSite, outputsFor, outputsOf, slideRange } from './order.ts'

const options = { 'dark': false, 'with-clicks': false, 'with-notes': false }
const edition = (language: string): Edition => ({ language, words: 'en', name: language, lang: language, entry: `${language}.md`, folder: '' })
const [zh, en] = [edition('zh'), edition('en')]

it('makes all files where nothing else is said', () => {
  expect(outputsOf(options)).toEqual(['deck', 'dark', 'handout', 'card', 'pptx', 'html'])
  expect(outputsOf({ ...options, only: 'handout' })).toEqual(['handout'])
  expect(outputsOf({ ...options, dark: true, only: 'deck', 'with-clicks': true })).toEqual(['dark'])
  expect(outputsOf({ ...options, dark: true, only: 'pptx' })).toEqual(['dark.pptx'])
})

it('leaves the HTML file out where it would not be what the others are', () => {
  for (const less of [{ range: '1-3' }, { from: 'dist' }]) expect(outputsOf({ ...options, ...less })).toEqual(['deck', 'dark', 'handout', 'card', 'pptx'])
  expect(outputsOf({ ...options, 'only': 'html', 'with-notes': true })).toEqual(['html'])
  expect(outputsOf({ ...options, 'with-notes': true })).toContain('html')
})

it('knows what is made of a build of the site', () => {
  expect(needsSite(['html'])).toBe(false)
  expect(needsSite(['html', 'card'])).toBe(true)
  expect(needsSite(['pptx'])).toBe(true)
})

it.each([
  [{ only: 'slides' }, '--only takes deck, handout, card, pptx or html, not "slides".'],
  [{ only: 'html', dark: true }, '--dark is for the deck'],
  [{ only: 'html', range: '1-3' }, '--range is for PDFs and PPTX: the HTML file holds all slides as they are now.'],
  [{ only: 'html', from: 'dist' }, '--from is for PDFs and PPTX: the HTML file'],
  [{ 'only': 'deck', 'with-notes': true }, '--with-notes is for the HTML file'],
  [{ 'dark': true, 'with-notes': true }, '--with-notes is for the HTML file'],
  [{ 'range': '1', 'with-notes': true }, '--with-notes is for the HTML file'],
  [{ only: 'handout', dark: true }, '--dark is for the deck and the PPTX'],
  [{ only: 'card', 'with-clicks': true }, '--with-clicks is for the deck'],
  [{ only: 'handout', 'with-clicks': true }, '--with-clicks is for the deck'],
])('refuses %j', (wrong, message) => {
  expect(() => outputsOf({ ...options, ...wrong })).toThrow(UsageError)
  expect(() => outputsOf({ ...options, ...wrong })).toThrow(message)
})

it('chooses an edition that there is', () => {
  expect(editionsOf({ editions: [zh, en] }, undefined)).toEqual([zh, en])
  expect(editionsOf({ editions: [zh, en] }, 'en')).toEqual([en])
  expect(() => editionsOf({ editions: [zh, en] }, 'fr')).toThrow('There is no edition "fr": the deck has zh and en.')
})

it('makes a card only of an edition that has one', () => {
  const deck = { edition: en } as SourceDeck
  expect(outputsFor({ deck, slides: [] }, ['deck', 'card'])).toEqual(['deck'])
  expect(outputsFor({ deck: { ...deck, card: { file: 'card.md', markdown: '' } }, slides: [] }, ['deck', 'card'])).toEqual(['deck', 'card'])
})

it('reads ranges of slides', () => {
  expect(slideRange(undefined, 3)).toEqual([1, 2, 3])
  expect(slideRange('3, 1-2,2', 3)).toEqual([1, 2, 3])
  for (const bad of ['', '0', '4', '2-1', 'x', '1-', '1,,2']) expect(() => slideRange(bad, 3), bad).toThrow(UsageError)
})
