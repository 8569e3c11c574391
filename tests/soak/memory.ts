import type { Browser, CDPSession, Page } from 'playwright-chromium'
import { arrive, hammer, openWindow, type Key, type Position } from '../hard-use/talk.ts'

/** What a page holds: bytes, and how many of each. */
export interface Use { heap: number, nodes: number, listeners: number }

/** What a page holds after everything has been collected that can be. */
export async function use(cdp: CDPSession): Promise<Use> {
  await cdp.send('HeapProfiler.collectGarbage')
  const { metrics } = await cdp.send('Performance.getMetrics')
  const of = (name: string) => metrics.find(metric => metric.name === name)?.value ?? Number.NaN
  return { heap: of('JSHeapUsedSize'), nodes: of('Nodes'), listeners: of('JSEventListeners') }
}

export async function measured(page: Page): Promise<CDPSession> {
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('Performance.enable')
  await cdp.send('HeapProfiler.enable')
  return cdp
}

const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN

/** Whether the second half of the readings holds more than a tenth more than the first: a leak grows with every round. */
export function growth(readings: readonly Use[]): string[] {
  const half = Math.floor(readings.length / 2)
  return (['heap', 'nodes', 'listeners'] as const).flatMap((what) => {
    const [early, late] = [readings.slice(0, half), readings.slice(-half)].map(part => median(part.map(reading => reading[what]))) as [number, number]
    return late <= early * 1.1 ? [] : [`${what} grew from ${early} to ${late}`]
  })
}

/** Reloads a slide again and again. Returns what grew, and what was thrown. */
export async function reload(browser: Browser, address: string, position: Position, { reloads, every }: { reloads: number, every: number }): Promise<string[]> {
  const { context, page, faults } = await openWindow(browser)
  const cdp = await measured(page)
  await page.goto(address)
  await arrive(page, position)
  const readings: Use[] = []
  for (let i = 1; i <= reloads; i++) {
    await page.reload()
    await arrive(page, position)
    if (i % every > 0) continue
    // The slides beside it come when there is nothing else to do.
    await page.waitForFunction(() => document.querySelectorAll('#slideshow > [data-slidev-no] .slidev-layout').length === 3)
    readings.push(await use(cdp))
  }
  await context.close()
  return [...growth(readings), ...faults]
}

/** Steps from the first position to the last and back, some rounds. Returns what grew, and what was thrown. */
export async function stepThrough(browser: Browser, address: string, positions: readonly Position[], rounds: number): Promise<string[]> {
  const { context, page, faults } = await openWindow(browser)
  const cdp = await measured(page)
  const [first = '1.0', last = first] = [positions[0], positions.at(-1)]
  await page.goto(address)
  await arrive(page, first)
  const steps = (key: Key) => positions.slice(1).map(() => key)
  const readings: Use[] = []
  for (let round = 0; round < rounds; round++) {
    await hammer(page, steps('PageDown'))
    await arrive(page, last)
    await hammer(page, steps('PageUp'))
    await arrive(page, first)
    readings.push(await use(cdp))
  }
  await context.close()
  // The first rounds load what there is to load.
  return [...growth(readings.slice(3)), ...faults]
}
