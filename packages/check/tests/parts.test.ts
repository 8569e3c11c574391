import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { partsOf, propertyOf, shownProperties } from '../src/parts.ts'

const modules = resolve(import.meta.dirname, '../../../node_modules')
const root = mkdtempSync(join(tmpdir(), 'deck-parts-'))
afterAll(() => rmSync(root, { recursive: true }))

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), text)
}

// A node_modules of its own, for what is kept there.
mkdirSync(join(root, 'node_modules/@slidev'), { recursive: true })
symlinkSync(join(modules, 'vue'), join(root, 'node_modules/vue'))
symlinkSync(join(modules, '@slidev/theme-default'), join(root, 'node_modules/@slidev/theme-default'))
write('kinds.ts', 'export type Kind = \'a\' | \'b\'\n')
write('components/Typed.vue', '<script setup lang="ts">\nimport type { Kind } from \'../kinds.ts\'\nwithDefaults(defineProps<{ kind: Kind, someText?: string, no?: 1 | 2, on?: boolean, size?: number, either?: string | number }>(), { someText: \'x\' })\n</script>\n\n<template><p /></template>\n')
write('components/Plain.vue', '<script setup>\ndefineProps({ label: String, list: { type: Array, required: true } })\n</script>\n\n<template><p /></template>\n')

const typed = {
  kind: { required: true, kind: 'choice', choices: ['a', 'b'] },
  someText: { required: false, kind: 'text' },
  no: { required: false, kind: 'value', choices: ['1', '2'] },
  on: { required: false, kind: 'flag' },
  size: { required: false, kind: 'value' },
  either: { required: false, kind: 'value' },
}

it('reads the properties of components, once until one of their files changes', async () => {
  expect((await partsOf(root, undefined, true)).components).toBeUndefined()
  const parts = await partsOf(root, undefined)
  expect(parts.components).toEqual({ Plain: { label: { required: false, kind: 'text' }, list: { required: true, kind: 'value' } }, Typed: typed })
  expect(await partsOf(root, undefined, true)).toEqual(parts)
  expect(shownProperties(parts)).toEqual({ Plain: ['label'], Typed: ['someText'] })
  const tag = { name: 'Typed', line: 1, kind: 'self' as const, attributes: [] }
  expect(propertyOf(parts, tag, { name: ':some-text', value: '', hasValue: true })).toEqual(typed.someText)
  expect(propertyOf(parts, tag, { name: 'constructor', value: '', hasValue: true })).toBeUndefined()

  write('kinds.ts', 'export type Kind = \'a\' | \'c\'\n')
  expect((await partsOf(root, undefined, true)).components).toBeUndefined()
  expect((await partsOf(root, undefined)).components?.['Typed']?.['kind']?.choices).toEqual(['a', 'c'])
})

it('knows the deck\'s own layouts, or those of its theme', async () => {
  expect((await partsOf(root, 'default', true)).layouts).toContain('statement')
  expect((await partsOf(root, 'no-such-theme', true)).layouts).toEqual([])
  write('layouts/own.vue', '<template><p /></template>\n')
  expect((await partsOf(root, 'default', true)).layouts).toEqual(['own'])
})
