import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { textEndings } from './precompress.ts'
import { CACHE_CONTROL, headersFile, securityHeaders } from './security-headers.ts'

const edition = { language: 'zh', words: 'zh', name: '中文', lang: 'zh-CN', entry: 'slides.md' } as const
const nginx = await readFile(join(import.meta.dirname, '../hosting/nginx.conf'), 'utf8')

it('_headers has the headers for everything, and a long life for files with a hash, at the address of the build', () => {
  const rules = headersFile('/talk/', [{ ...edition, folder: '' }, { ...edition, folder: 'en' }]).split('\n\n').map(rule => rule.trim().split('\n'))
  expect(rules.map(([path]) => path)).toEqual(['/talk/*', '/talk/assets/*', '/talk/en/assets/*'])
  expect(rules[0]?.slice(1)).toEqual(securityHeaders.map(([name, value]) => `  ${name}: ${value}`))
  for (const rule of rules.slice(1)) expect(rule.slice(1)).toEqual([`  Cache-Control: ${CACHE_CONTROL.hashed}`])
})

it('nginx.conf sends the same', () => {
  expect([...nginx.matchAll(/^ {4}add_header (\S+) "(.*)" always;$/gm)].map(([, name, value]) => [name, value])).toEqual(securityHeaders)
  expect(/^ {4}default "(.*)";$/m.exec(nginx)?.[1]).toBe(CACHE_CONTROL.other)
  const [, pattern = '', hashed] = /^ {4}"~(.*)" "(.*)";$/m.exec(nginx) ?? []
  expect(hashed).toBe(CACHE_CONTROL.hashed)
  const isKept = (answer: string) => new RegExp(pattern).test(answer)
  for (const path of ['/assets/app-Ab3_-x9Z.js', '/talk/en/assets/modules/vue-C0kr3Qoj.js']) expect([isKept(`200 ${path}`), isKept(`404 ${path}`)]).toEqual([true, false])
  for (const path of ['/', '/ebb/index.html', '/sw.js', '/ebb/first-body.woff2', '/assets/app.js']) expect(isKept(`200 ${path}`), path).toBe(false)
})

it('nginx.conf knows every kind of text that is compressed ahead, and compresses it', () => {
  const typeOf = (ending: string) => new RegExp(`^ {8}(\\S+) (?:\\w+ )*${ending}(?: \\w+)*;$`, 'm').exec(nginx)?.[1]
  for (const directive of ['gzip_types', 'charset_types']) {
    const types = new RegExp(`^ {4}${directive} (.*);$`, 'm').exec(nginx)?.[1]?.split(' ')
    // HTML always is.
    expect(types, directive).toEqual(textEndings.filter(ending => ending !== 'html').map(typeOf))
  }
})
