import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { get } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliDecompressSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { judge, type Limit, type Medians } from '../bench/limits.ts'
import { asJson, asTable, Samples } from '../bench/results.ts'
import { answer, readHosting, serve, type Served } from '../bench/server.ts'
import { cumulativeLayoutShift, median } from '../bench/statistics.ts'

describe('statistics', () => {
  it('takes the middle value', () => {
    expect(median([10, 9, 100])).toBe(10)
    expect(median([4, 1, 2, 3])).toBe(2.5)
    expect(median([7])).toBe(7)
    expect(median([])).toBeNaN()
  })

  it('adds up layout shifts by session windows', () => {
    expect(cumulativeLayoutShift([])).toBe(0)
    expect(cumulativeLayoutShift([{ at: 900, value: 2 }, { at: 0, value: 1 }])).toBe(3)
    expect(cumulativeLayoutShift([{ at: 0, value: 1 }, { at: 1000, value: 2 }])).toBe(2)
    const steady = Array.from({ length: 12 }, (_, i) => ({ at: i * 900, value: 1 }))
    expect(cumulativeLayoutShift(steady)).toBe(6)
  })
})

describe('limits', () => {
  const of = (values: Readonly<Record<string, number>>): Medians => (peer, measure) => values[`${peer} ${measure}`]
  const verdicts = (values: Readonly<Record<string, number>>) => Object.fromEntries(judge(of(values)).map(({ text, verdict }) => [text, verdict]))
  const good = {
    'ours painted-bytes': 30_000, 'ours painted-bytes-slow': 29_000, 'ours idle-bytes': 220_000, 'ours foreign-requests': 0,
    'ours fcp-slow': 900, 'stock fcp-slow': 3000, 'Marp fcp-slow': 901, 'floor fcp-slow': 600,
    'ours cls': 0, 'ours cls-slow': 0.0099, 'ours lost-keys-slow': 0, 'ours key': 6, 'stock key': 10, 'ours key-slow': 60, 'stock key-slow': 100,
    'ours early-key-slow': 590, 'stock early-key-slow': 5900, 'ours glide-frame-slow': 50, 'ours talk-bytes': 220_000, 'ours build': 8, 'stock build': 8,
  }

  it('are met where every value keeps them', () => expect(new Set(Object.values(verdicts(good)))).toEqual(new Set(['met'])))

  it.each([
    ['ours painted-bytes', 30_001], ['ours painted-bytes-slow', 30_001], ['ours idle-bytes', 220_001], ['ours foreign-requests', 1],
    ['stock fcp-slow', 2999], ['Marp fcp-slow', 900], ['floor fcp-slow', 599], ['ours cls', 0.01], ['ours cls-slow', 0.01], ['ours lost-keys-slow', 1],
    ['ours key', 6.1], ['ours key-slow', 61], ['ours early-key-slow', 591], ['ours glide-frame-slow', 50.1], ['ours talk-bytes', 220_001], ['stock build', 7.9],
  ])('are not met where %s is %d', (measure, value) => {
    expect(Object.values(verdicts({ ...good, [measure]: value })).filter(verdict => verdict !== 'met')).toEqual(['not met'])
  })

  it('are never met by what was not measured', () => {
    expect(new Set(Object.values(verdicts({})))).toEqual(new Set(['n/a']))
    const half: Limit = { text: '', value: () => Number.NaN, most: 1 }
    expect(judge(of({}), [half])).toEqual([{ text: '', value: null, verdict: 'n/a' }])
  })
})

it('shows medians, and why others are missing', () => {
  const samples = new Samples()
  for (const fcp of [100, 300, 200]) samples.add('ours', { fcp, key: [10, 20] })
  samples.add('stock', { fcp: 400 })
  expect(asTable(samples)).toMatch(/^first contentful paint, ms +200 +400 +n\/a \d +n\/a \d +0\.50$/m)
  expect(asTable(samples)).toMatch(/^n\/a \d: one page, it has no next slide$/m)
  expect(asJson(samples)['key']).toMatchObject({ ours: { median: 15, values: [10, 20, 10, 20, 10, 20] }, floor: { median: null, why: 'one page, it has no next slide' } })
})

describe('server', () => {
  const page = `<!doctype html><title>${'tide '.repeat(200)}</title>`
  let folder = ''
  let served: Served | undefined
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'bench server '))
    await mkdir(join(folder, '2'))
    await Promise.all([['index.html', page], ['2/index.html', 'two'], ['404.html', 'lost'], ['font.woff2', 'font'], ['sw.js', 'worker']].map(([name = '', text = '']) => writeFile(join(folder, name), text)))
  })
  afterEach(async () => {
    await served?.close()
    served = undefined
    await rm(folder, { recursive: true })
  })

  it('answers as a static host does', async () => {
    const hosting = await readHosting(folder)
    const given = (url: string) => {
      const { status, headers, body } = answer(hosting, url)
      return [status, headers['location'] ?? body.toString()]
    }
    expect(given('/?clicks=1')).toEqual([200, page])
    expect(given('/2/')).toEqual([200, 'two'])
    expect(given('/2')).toEqual([301, '/2/'])
    for (const path of ['/3', '/index', '/3/', '/../2/index.htm', '/%zz', '/missing.js']) expect(given(path), path).toEqual([404, 'lost'])
  })

  it('answers unknown paths with the index page where a deck needs that, unknown files not', async () => {
    const hosting = await readHosting(folder, { fallback: true })
    expect(answer(hosting, '/3').body.toString()).toBe(page)
    expect(answer(hosting, '/missing.js').status).toBe(404)
  })

  it('compresses texts only, and only where that is understood', async () => {
    const hosting = await readHosting(folder)
    const compressed = answer(hosting, '/', 'gzip, br')
    expect(compressed.headers['content-encoding']).toBe('br')
    expect(compressed.body.length).toBeLessThan(page.length / 4)
    expect(brotliDecompressSync(compressed.body).toString()).toBe(page)
    expect(answer(hosting, '/', 'gzip').headers['content-encoding']).toBeUndefined()
    expect(answer(hosting, '/font.woff2', 'br')).toMatchObject({ headers: { 'content-type': 'font/woff2' }, body: Buffer.from('font') })
  })

  it('refuses a folder that is no build', async () => {
    await rm(join(folder, 'index.html'))
    await expect(readHosting(folder)).rejects.toThrow('has no index.html')
  })

  it('keeps account of the bytes sent, and tells a service worker’s', async () => {
    const { origin, sent } = served = await serve(await readHosting(folder))
    const ask = (path: string, headers: Record<string, string> = {}) => new Promise<void>((done, fail) => {
      get(`${origin}${path}`, { headers }, response => response.resume().once('end', done)).once('error', fail)
    })
    await ask('/')
    await ask('/sw.js', { 'sec-fetch-dest': 'serviceworker' })
    await ask('/font.woff2', { referer: `${origin}/sw.js` })
    await ask('/font.woff2', { referer: `${origin}/` })
    await expect.poll(() => sent.map(({ path, worker }) => [path, worker])).toEqual([['/', false], ['/sw.js', true], ['/font.woff2', true], ['/font.woff2', false]])
    const [first] = sent
    expect((first?.bytes ?? 0) - page.length).toBeGreaterThan(100)
    expect((first?.bytes ?? 0) - page.length).toBeLessThan(400)
  })
})
