import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { isHashedName, securityHeaders } from 'slidev-addon-site/security-headers'
import { inlineContent, inlineSources, sha256Source } from 'slidev-addon-site/inline-hashes'
import { ASSET, createSite, type Site } from './site.ts'

async function withSite<T>(changes: Record<string, string | undefined>, use: (site: Site) => Promise<T>): Promise<T> {
  const site = await createSite('/', changes)
  try {
    return await use(site)
  }
  finally {
    await site.remove()
  }
}

describe('inline scripts and styles', () => {
  it('are found wherever a browser runs or applies them', () => {
    const { scripts, styles } = inlineContent(`<!doctype html><head><style>a{}</style><script>1 < 2</script><noscript><style>b{}</style></noscript></head>
      <template><style>c{}</style></template><svg><style>d{}</style></svg><script type="module">3</script><script type="importmap">{}</script>`)
    expect(styles).toEqual(['a{}', 'b{}', 'c{}', 'd{}'])
    expect(scripts).toEqual(['1 < 2', '3', '{}'])
  })

  it('are neither files, nor data, nor text that only looks like them', () => {
    const { scripts, styles } = inlineContent('<script src="a.js"></script><script></script><script type="application/ld+json">{}</script><!-- <style>x</style> --><p title="<style>y</style>">&lt;style></p>')
    expect([...scripts, ...styles]).toEqual([])
  })

  it('are hashed as a browser hashes them: UTF-8, line ends normalised, characters not escaped', () => {
    const { styles } = inlineContent('<style>p::after { content: "潮 &amp;" }\r\n</style>')
    expect(styles.map(sha256Source)).toEqual([sha256Source('p::after { content: "潮 &amp;" }\n')])
    // The empty text’s digest is well known.
    expect(sha256Source('')).toBe(`'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='`)
  })

  it('of a whole build come once each, sorted, and change with their text', async () => {
    const { scripts, styles } = await withSite({}, ({ folder }) => inlineSources(folder))
    expect(scripts).toEqual([sha256Source(`import("/${ASSET}")`)])
    expect(styles).toContain(sha256Source('h1 { color: teal }'))
    expect(styles).toEqual([...new Set(styles)].sort())
    const changed = await withSite({ 'ebb/index.html': '<script>other()</script>' }, ({ folder }) => inlineSources(folder))
    expect(changed.scripts).toHaveLength(2)
  })

  it.each([
    ['an inline handler', '<p>1</p>\n<button onclick="go()">', ':2  <button onclick="go()">'],
    ['a handler in a drawing', '<svg onload="go()">', ':1  <svg onload="go()">'],
    ['a style attribute', '\n\n<p style="color:red">', ':3  <p style="color:red">'],
    ['a style attribute in <template> and <noscript>', '<template><i style="x"></i></template><noscript><b style="y"></b></noscript>', ':1  <i style="x">'],
    ['a javascript: address', '<a href=" javascript:go()">', ':1  <a href=" javascript:go()">'],
  ])('cannot allow %s: file, line and attribute are named', async (_, html, message) => {
    await withSite({ 'en/3/index.html': html }, async ({ folder }) => {
      await expect(inlineSources(folder)).rejects.toThrow(`${join(folder, 'en/3/index.html')}${message}`)
    })
  })
})

describe('security headers', () => {
  const hash = sha256Source('x')
  const policyOf = (...given: Parameters<typeof securityHeaders>) => new Map(securityHeaders(...given)).get('Content-Security-Policy')

  it('are the strict policy and three more', () => {
    expect(policyOf({ scripts: [hash], styles: [] })).toBe(`default-src 'none'; script-src 'self' ${hash}; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'`)
    const headers = new Map(securityHeaders({ scripts: [], styles: [] }))
    expect([...headers.keys()]).toEqual(['Content-Security-Policy', 'X-Content-Type-Options', 'Referrer-Policy', 'Permissions-Policy'])
    expect(headers.get('Permissions-Policy')).toMatch(/^fullscreen=\(self\), screen-wake-lock=\(self\), .*camera=\(\)/)
  })

  it.each([`'none'`, '*', `'self' https://example.org`, 'https://*.example.org:8443 http://localhost:*'])('let %s frame the deck', (ancestors) => {
    expect(policyOf({ scripts: [], styles: [] }, ancestors)).toContain(`frame-ancestors ${ancestors}`)
  })

  it.each(['', 'self', `'none' https://example.org`, `'self'; script-src *`, `'self'  https://example.org`, 'https://example.org"', `'unsafe-inline'`, 'a\nb'])('refuse %j as frame-ancestors', (ancestors) => {
    expect(() => policyOf({ scripts: [], styles: [] }, ancestors)).toThrow('no source of frame-ancestors')
  })

  it.each([`'unsafe-inline'`, `'sha256-short='`, '*', `${hash}; script-src *`])('refuse %s as a hash', (source) => {
    expect(() => policyOf({ scripts: [source], styles: [] })).toThrow('no sha256 source')
    expect(() => policyOf({ scripts: [], styles: [source] })).toThrow('no sha256 source')
  })
})

it('knows which names change with their content', () => {
  for (const name of [ASSET, 'assets/modules/vue-C0kr3Qoj.js', 'assets/_virtual_talk-CTARGPtg.js']) expect(isHashedName(name), name).toBe(true)
  for (const name of ['assets/app.js', 'assets/deck-sans.woff2', 'assets/Ab3_-x9Z']) expect(isHashedName(name), name).toBe(false)
})

it('compresses text from 1 KB on and nothing else', async () => {
  await withSite({ 'just.txt': 'x'.repeat(1024), 'less.txt': 'x'.repeat(1023), 'picture.png': 'x'.repeat(5000) }, async ({ folder }) => {
    const exists = (path: string) => stat(join(folder, path)).then(() => true, () => false)
    for (const [path, compressed] of [['just.txt', true], ['less.txt', false], ['picture.png', false], ['index.html', true]] as const) {
      expect([path, await exists(`${path}.br`), await exists(`${path}.gz`)]).toEqual([path, compressed, compressed])
    }
    const text = await readFile(join(folder, 'index.html'), 'utf8')
    expect(brotliDecompressSync(await readFile(join(folder, 'index.html.br'))).toString()).toBe(text)
    expect(gunzipSync(await readFile(join(folder, 'index.html.gz'))).toString()).toBe(text)
  })
})
