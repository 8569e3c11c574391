import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { securityHeaders } from 'slidev-addon-site/security-headers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { withstand } from './load.ts'
import { startNginx, testConfiguration, type RunningNginx } from './nginx.ts'
import { request, type Answer } from './request.ts'
import { ASSET, createSite, type Site } from './site.ts'

const IMMUTABLE = 'public, max-age=31536000, immutable'

/** The security headers an answer lacks, has otherwise or has more than once. */
function wrongHeaders({ raw }: Answer): string[] {
  return securityHeaders.filter(([name, value]) => raw.filter(([sent]) => sent.toLowerCase() === name.toLowerCase()).map(([, sent]) => sent).join() !== value).map(([name]) => name)
}

describe.each(['/', '/talk/'])('nginx with the recipe, below %s', (base) => {
  let site: Site
  let nginx: RunningNginx
  beforeAll(async () => {
    site = await createSite(base)
    nginx = await startNginx({ folder: site.folder, base })
  })
  afterAll(async () => {
    await nginx?.stop()
    await site?.remove()
  })
  const get = (path: string, ...rest: [Parameters<typeof request>[1]?]) => request(`${nginx.origin}${base}${path}`, ...rest)
  const file = (path: string) => readFile(join(site.folder, path), 'utf8')

  it('accepts the configuration', async () => {
    expect(await testConfiguration({ folder: site.folder, base })).toMatchObject({ code: 0, output: expect.stringContaining('test is successful') as string })
  })

  it.each<[what: string, path: string, status: number, cache: string, options?: Parameters<typeof request>[1]]>([
    ['a page', '', 200, 'no-cache'],
    ['a page of another edition', 'en/', 200, 'no-cache'],
    ['a hashed file', ASSET, 200, IMMUTABLE],
    ['a hashed file of another edition', `en/${ASSET}`, 200, IMMUTABLE],
    ['a file without a hash', 'sw.js', 200, 'no-cache'],
    ['a part of a file', ASSET, 206, IMMUTABLE, { headers: { range: 'bytes=0-9' } }],
    ['a redirect', 'ebb', 301, 'no-cache'],
    ['an unknown path', 'nowhere', 404, 'no-cache'],
    ['a missing hashed file', 'assets/gone-12345678.js', 404, 'no-cache'],
    ['a folder without a page', 'assets/', 404, 'no-cache'],
    ['a refused method', '', 405, 'no-cache', { method: 'POST' }],
    ['a malformed request', '', 400, 'no-cache', { headers: { host: 'a b' } }],
  ])('sends the security headers once and the right Cache-Control with %s', async (_, path, status, cache, options) => {
    const answer = await get(path, options)
    expect(answer.status).toBe(status)
    expect(securityHeaders.length).toBe(4)
    expect(wrongHeaders(answer)).toEqual([])
    expect(answer.headers['cache-control']).toBe(cache)
    expect(answer.headers.server).toBe('nginx')
  })

  it('sends them with 304, too', async () => {
    const { headers } = await get(ASSET)
    const again = await get(ASSET, { headers: { 'if-none-match': headers.etag } })
    expect(again.status).toBe(304)
    expect(wrongHeaders(again)).toEqual([])
    expect(again.headers['cache-control']).toBe(IMMUTABLE)
  })

  it.each<[accepts: string, sends: string | undefined, ending: string]>([
    ['gzip, deflate, br, zstd', 'br', '.br'],
    ['gzip, deflate', 'gzip', '.gz'],
    ['identity', undefined, ''],
  ])('answers accept-encoding %s with the file made for it', async (accepted, encoding, ending) => {
    for (const path of ['index.html', ASSET, 'sw.js']) {
      const answer = await get(path === 'index.html' ? '' : path, { headers: { 'accept-encoding': accepted } })
      expect(answer.headers['content-encoding'], path).toBe(encoding)
      expect(answer.sent, path).toBe((await readFile(join(site.folder, `${path}${ending}`))).length)
      expect(answer.text, path).toBe(await file(path))
      expect(answer.headers.vary, path).toBe('Accept-Encoding')
      expect(wrongHeaders(answer)).toEqual([])
    }
  })

  it.each([
    ['', 'text/html; charset=utf-8'],
    [ASSET, 'text/javascript; charset=utf-8'],
    ['manifest.webmanifest', 'application/manifest+json; charset=utf-8'],
    ['favicon.svg', 'image/svg+xml; charset=utf-8'],
    ['assets/deck-Ab3_-x9Z.woff2', 'font/woff2'],
  ])('sends %s as %s, compressed or not', async (path, type) => {
    for (const accepted of ['br', 'gzip', 'identity']) expect((await get(path, { headers: { 'accept-encoding': accepted } })).headers['content-type']).toBe(type)
  })

  it('leads a slide’s address without a slash to the one with it, query kept, wherever the server stands', async () => {
    const without = await get('ebb?clicks=2')
    expect(without.status).toBe(301)
    expect(without.headers.location).toBe(`${base}ebb/?clicks=2`)
    const slide = await get('ebb/?clicks=2')
    expect(slide.status).toBe(200)
    expect(slide.text).toBe(await file('ebb/index.html'))
    expect((await get('ebb/first-0.woff2')).status).toBe(200)
  })

  it('answers unknown paths with the friendly page and 404, and nothing outside of the build', async () => {
    const friendly = await file('404.html')
    for (const path of ['nowhere', 'ebb/nowhere/', 'en/nowhere', 'assets/gone.js', 'assets/']) {
      const { status, text } = await get(path)
      expect([path, status, text]).toEqual([path, 404, friendly])
    }
    for (const path of ['..%2f..%2f..%2fetc%2fpasswd', '%2e%2e/%2e%2e/%2e%2e/etc/passwd']) expect([400, 404]).toContain((await get(path)).status)
  })
})

it('withstands 200 connections for a second without an error', () => withstand(1))

describe('a broken recipe', () => {
  let site: Site
  beforeAll(async () => {
    site = await createSite()
  })
  afterAll(() => site.remove())

  it('without a header is seen', async () => {
    const nginx = await startNginx({ folder: site.folder, alter: server => server.replace(/^ *add_header Referrer-Policy.*\n/m, '') })
    expect(wrongHeaders(await request(nginx.origin))).toEqual(['Referrer-Policy'])
    await nginx.stop()
  })

  it('with a header of a location’s own, which drops the others, is seen', async () => {
    const nginx = await startNginx({ folder: site.folder, alter: server => server.replace('location / {', 'location / {\n        add_header X-Own "1";') })
    const answer = await request(nginx.origin)
    expect(wrongHeaders(answer)).toHaveLength(4)
    expect(answer.headers['cache-control']).toBeUndefined()
    await nginx.stop()
  })

  it('without “always” loses its headers on a 404', async () => {
    const nginx = await startNginx({ folder: site.folder, alter: server => server.replaceAll(' always;', ';') })
    expect(wrongHeaders(await request(`${nginx.origin}/nowhere`))).toHaveLength(4)
    await nginx.stop()
  })

  it('that nginx does not understand neither passes its test nor starts, and leaves nothing behind', async () => {
    let folder = ''
    const alter = (server: string) => {
      folder = /root (\S+)\/www;/.exec(server)?.[1] ?? ''
      return server.replace('server_tokens', 'server_token')
    }
    expect(await testConfiguration({ folder: site.folder, alter })).toMatchObject({ code: 1, output: expect.stringContaining('unknown directive "server_token"') as string })
    await expect(startNginx({ folder: site.folder, alter })).rejects.toThrow('unknown directive "server_token"')
    expect(folder).toMatch(/deck-nginx-/)
    expect(existsSync(folder)).toBe(false)
  })
})
