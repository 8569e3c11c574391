import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, relative, resolve } from 'node:path'
import type { Attribute, ShownProperties, Tag } from 'slidev-addon-deck/markup'
import type { PropertyMeta, PropertyMetaSchema } from 'vue-component-meta'

/** A property of a component. */
export interface Property {
  required: boolean
  /** `text`: any text, which the component shows; `flag`: true or false; `choice`: one of a few texts; `value`: what is written with a colon, as JavaScript. */
  kind: 'text' | 'flag' | 'choice' | 'value'
  /** What it may be, where that is a few values. */
  choices?: string[]
}

export type Components = Readonly<Record<string, Readonly<Record<string, Property>>>>

/** What a deck's slides may be made of. */
export interface Parts {
  /** The deck's own components with their properties; undefined where reading them would have taken too long. */
  components: Components | undefined
  /** Names of the layouts: the deck's own, or those of its theme where it has none. */
  layouts: readonly string[]
}

/** A property's name as its component has it: `:some-name` is `someName`. */
export const propertyName = (attribute: Attribute) => attribute.name.replace(/^:/, '').replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())

/** The property that a tag's attribute gives a value; nothing where the component has none of that name, or is not the deck's own. */
export function propertyOf({ components = {} }: Parts, tag: Tag, attribute: Attribute): Property | undefined {
  const properties = Object.hasOwn(components, tag.name) ? components[tag.name] : undefined
  const name = propertyName(attribute)
  return properties && Object.hasOwn(properties, name) ? properties[name] : undefined
}

/** Which properties of a deck's components show text. */
export function shownProperties({ components = {} }: Parts): ShownProperties {
  return Object.fromEntries(Object.entries(components).map(([name, properties]) =>
    [name, Object.entries(properties).filter(([, { kind }]) => kind === 'text').map(([property]) => property)]))
}

/**
 * Reads what a deck's slides may be made of.
 * @param theme as the headmatter names it.
 * @param quick whether to go without the components where they have changed: reading them takes seconds.
 */
export async function partsOf(root: string, theme: unknown, quick = false): Promise<Parts> {
  return {
    components: await componentsOf(root, quick),
    layouts: await layoutsIn(root).then(own => own.length > 0 ? own : layoutsOfTheme(root, theme)),
  }
}

const namesIn = (folder: string) => readdir(folder).then(files => files.filter(file => file.endsWith('.vue')).sort(), () => [])
const layoutsIn = async (root: string) => (await namesIn(join(root, 'layouts'))).map(file => file.slice(0, -'.vue'.length))

async function layoutsOfTheme(root: string, theme: unknown): Promise<string[]> {
  const name = typeof theme === 'string' ? theme : 'default'
  for (const candidate of [name, `@slidev/theme-${name}`, `slidev-theme-${name}`]) {
    try {
      const folder = /^[./]/.test(candidate) ? resolve(root, candidate) : dirname(createRequire(join(root, 'slides.md')).resolve(`${candidate}/package.json`))
      return await layoutsIn(folder)
    }
    catch {
      // Another form of its name may be installed.
    }
  }
  return []
}

/** Where they are kept, below the deck's folder. */
const CACHE = 'node_modules/.cache/deck-components.json'

interface Cached {
  /** Hash of each file that the components are made of, by its path relative to the deck's folder; '' for one that is not there. */
  files: Record<string, string>
  components: Components
}

async function hashOf(path: string): Promise<string> {
  return readFile(path).then(text => createHash('sha256').update(text).digest('hex'), () => '')
}

/** What is being read now, by the deck's folder: editions of one deck ask for the same. */
const reading = new Map<string, Promise<Components>>()

async function componentsOf(root: string, quick: boolean): Promise<Components | undefined> {
  const files = await namesIn(join(root, 'components'))
  if (files.length === 0) return {}
  const cached = await readFile(join(root, CACHE), 'utf8').then(text => JSON.parse(text) as Cached).catch(() => undefined)
  if (cached && await isFresh(root, cached, files)) return cached.components
  if (quick) return undefined
  const components = reading.get(root) ?? readComponents(root, files).finally(() => reading.delete(root))
  reading.set(root, components)
  return components
}

async function readComponents(root: string, files: readonly string[]): Promise<Components> {
  const { createCheckerByJson } = await import('vue-component-meta')
  const checker = createCheckerByJson(root, {
    include: ['components/*.vue'],
    compilerOptions: { strict: true, module: 'ESNext', moduleResolution: 'bundler', allowImportingTsExtensions: true, noEmit: true, types: [], skipLibCheck: true },
  }, { schema: true })
  const components = Object.fromEntries(files.map((file) => {
    const { props } = checker.getComponentMeta(join(root, 'components', file))
    return [file.slice(0, -'.vue'.length), Object.fromEntries(props.filter(({ global }) => !global).map(property => [property.name, readProperty(property)]))]
  }))
  const sources = (checker.getProgram()?.getSourceFiles() ?? []).map(({ fileName }) => relative(root, fileName)).filter(path => !path.includes('node_modules/'))
  const hashes = await Promise.all(sources.map(async path => [path, await hashOf(join(root, path))] as const))
  const known: Cached = { files: Object.fromEntries(hashes), components }
  // Where nothing can be written, they are read each time.
  await mkdir(dirname(join(root, CACHE)), { recursive: true }).then(() => writeFile(join(root, CACHE), JSON.stringify(known))).catch(() => undefined)
  return components
}

/** Whether the components were read from what their files hold now. */
async function isFresh(root: string, { files, components }: Cached, names: readonly string[]): Promise<boolean> {
  if (names.join() !== Object.keys(components).map(name => `${name}.vue`).sort().join()) return false
  const same = await Promise.all(Object.entries(files).map(async ([path, hash]) => await hashOf(join(root, path)) === hash))
  return same.every(Boolean)
}

function readProperty({ required, schema }: Pick<PropertyMeta, 'required' | 'schema'>): Property {
  const types = typesOf(schema).filter(type => type !== 'undefined' && type !== 'null')
  if (types.every(type => type === 'true' || type === 'false' || type === 'boolean')) return { required, kind: 'flag' }
  if (types.every(type => type === 'string')) return { required, kind: 'text' }
  if (types.every(type => /^".*"$/.test(type))) return { required, kind: 'choice', choices: types.map(type => JSON.parse(type) as string) }
  return types.every(type => /^-?[\d.]+$/.test(type)) ? { required, kind: 'value', choices: types } : { required, kind: 'value' }
}

/** The types of a union, as TypeScript writes them. */
function typesOf(schema: PropertyMetaSchema): string[] {
  if (typeof schema === 'string') return [schema]
  return schema.kind === 'enum' ? (schema.schema ?? []).flatMap(typesOf) : [schema.kind === 'literal' ? schema.value : schema.type]
}
