import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, it } from 'vitest'
import { slidevFolder } from './run-slidev.ts'
import { isMended, mendModule } from './slidev-mends.ts'

const dist = join(slidevFolder(join(import.meta.dirname, '../../..')), 'dist')
const modules = readdirSync(dist).map(name => pathToFileURL(join(dist, name)).href).filter(isMended)
const mended = (name: RegExp) => {
  const address = modules.find(each => name.test(each)) ?? ''
  return mendModule(address, readFileSync(new URL(address), 'utf8'), 'file:///kit/')
}

it('every mend has its place in the Slidev that is installed', () => {
  expect(modules).toHaveLength(2)
  for (const name of [/cli\.mjs/, /serve-/]) expect(mended(name).missing).toEqual([])
})

it('addresses for the phone end with the password, whatever it is', () => {
  const { text } = mended(/cli\.mjs/)
  const query = (remote: string) => `?password=${encodeURIComponent(remote)}`
  expect(text).toContain('`?password=${encodeURIComponent(remote)}`')
  for (const page of ['entry', 'overview']) {
    const [, template = ''] = new RegExp(`const ${page}Path = \`\\$\\{[^}]*\\}(${page}[^\`]*)\``).exec(text) ?? []
    expect(template.replace('${query}', query('ge heim&流'))).toBe(`${page}?password=ge%20heim%26%E6%B5%81`)
  }
})

it('names what it needs by the kit’s folder, and says what is gone', () => {
  expect(mended(/serve-/).text).toMatch(/^import \{ chineseText as deckChinese \} from 'file:\/\/\/kit\/chinese-text\.ts';\n/)
  expect(mendModule('file:///x/@slidev/cli/dist/cli.mjs', 'nothing', 'file:///kit/').missing).toHaveLength(3)
})
