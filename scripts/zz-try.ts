import { launchChromium } from './browser.ts'
import { serve } from '../tests/helpers/server.ts'
import { writeFile } from 'node:fs/promises'
const t0 = performance.now()
const lap = (s: string) => console.log(s, Math.round(performance.now() - t0))
const [served, browser] = await Promise.all([serve('/tmp/ex/dist'), launchChromium()])
lap('browser')
const context = await browser.newContext({ viewport: { width: 980, height: 552 }, reducedMotion: 'reduce', colorScheme: 'light' })
const page = await context.newPage()
page.on('console', m => console.log(m.type(), m.text()))
lap('page')
await page.goto(`${served.origin}/print?print`)
lap('goto')
await page.waitForFunction(() => document.querySelectorAll('.print-slide-container .slidev-layout h1').length >= 30)
lap('slides')
console.log(await page.evaluate(async () => { await document.fonts.ready; return [...document.fonts].map(f => f.family + f.weight + f.status) }))
lap('fonts')
await page.evaluate(() => {
  for (const host of document.querySelectorAll('.diagram')) {
    const p = host.querySelector('p[hidden]')
    host.setAttribute('role', 'figure'); host.setAttribute('aria-label', host.getAttribute('aria-label') + ': ' + p?.textContent)
    host.removeAttribute('aria-describedby')
    p?.remove()
    for (const shape of host.querySelectorAll('rect,path,polygon,circle,ellipse,line,polyline')) { shape.setAttribute('role', 'img'); shape.setAttribute('aria-label', 'x') }
  }
  for (const el of document.querySelectorAll('.callout')) el.setAttribute('role', 'group')
  for (const el of document.querySelectorAll('.deck-footer .chapter, .deck-footer .page')) el.setAttribute('aria-hidden', 'true')
})
const pdf = await page.pdf({ tagged: true, outline: true, width: '980px', height: '552px', printBackground: true, margin: { top: 0, left: 0, right: 0, bottom: 0 } })
lap('pdf')
await writeFile('/tmp/ex/try/raw2.pdf', pdf)
console.log(await page.evaluate(() => [...document.querySelectorAll('.print-slide-container')].map(e => e.id).join(' ') ))
await browser.close(); await served.close()
lap('end')
