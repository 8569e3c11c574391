/* How the reading page stands in a window. These run in the page, in any browser: they may use nothing from outside themselves. */

/** What reaches past the page's edge, is not set in the deck's own faces where it should be, or is drawn without its colours. */
export async function faultsInReading(): Promise<string[]> {
  await document.fonts.ready
  const name = (element: Element) => `${element.tagName.toLowerCase()} “${(element.textContent ?? '').trim().slice(0, 20)}”`
  const edge = document.documentElement.clientWidth
  // What is wider than the page is scrolled in these.
  const wide = [...document.body.querySelectorAll('*')].filter(each => each.checkVisibility() && !each.parentElement?.closest('.pan, .wide, pre')
    && (each.getBoundingClientRect().right > edge + 0.5 || each.getBoundingClientRect().left < -0.5) && !each.matches('.skip'))
  const headings = [...document.querySelectorAll('h1, h2, h3')]
  const labels = [...document.querySelectorAll('.drawing svg text')]
  const first = (element: Element) => getComputedStyle(element).fontFamily.split(',')[0]?.replace(/["']/g, '')
  const faces = [...document.fonts].map(({ family, status }) => `${family.replace(/["']/g, '')} ${status}`)
  return [
    ...document.documentElement.scrollWidth > edge ? [`the page scrolls sideways by ${document.documentElement.scrollWidth - edge} px`] : [],
    ...wide.map(each => `${name(each)} reaches from ${each.getBoundingClientRect().left} to ${each.getBoundingClientRect().right} px`),
    ...headings.length > 0 && labels.length > 0 ? [] : ['there are no headings or no drawings'],
    ...headings.filter(each => first(each) !== 'Deck Serif').map(each => `${name(each)} is set in ${first(each)}`),
    ...labels.filter(each => !first(each)?.startsWith('Deck ')).map(each => `the label ${name(each)} is set in ${first(each)}`),
    ...['Deck Serif', 'Deck Sans'].filter(family => !faces.includes(`${family} loaded`)).map(family => `${family} is not there: ${faces.join(', ')}`),
    ...faces.filter(face => face.endsWith('error')).map(face => `a face did not come: ${face}`),
  ]
}

/** The headlines of its slides, in order. */
export function readingHeadings(): string[] {
  const cover = document.querySelector('header h1')
  return [...cover ? [cover] : [], ...document.querySelectorAll('article h3')].map(heading => heading.textContent ?? '')
}

/** What shows that the page has come without its styles, as it would from a disk where these have an address on a host: a browser's own paper and margins, boxes filled with black. */
export function unstyled(): string[] {
  const boxes = [...document.querySelectorAll('.drawing svg rect')]
  const black = boxes.filter(box => getComputedStyle(box).fill === 'rgb(0, 0, 0)')
  const { backgroundColor, marginTop } = getComputedStyle(document.body)
  return [
    ...boxes.length > 0 ? [] : ['it has no drawings'],
    ...black.length > 0 ? [`${black.length} boxes are black`] : [],
    ...backgroundColor === 'rgba(0, 0, 0, 0)' ? ['it has no paper'] : [],
    ...marginTop === '0px' ? [] : [`its margin is ${marginTop}`],
  ]
}
