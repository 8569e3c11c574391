import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createProject } from '../helpers/project.ts'
import { createSite, type Site } from './site.ts'

const RECIPES = ['hosting/nginx.conf', 'netlify.toml', 'vercel.json']

let project: Awaited<ReturnType<typeof createProject>>
let site: Site
beforeAll(async () => {
  [project, site] = await Promise.all([createProject(), createSite()])
})
afterAll(() => Promise.all([project?.remove(), site?.remove()]))

const hosting = (...args: string[]) => project.run('hosting.ts', ['--from', site.folder, ...args])
const recipes = () => Promise.all(RECIPES.map(path => readFile(join(project.root, path), 'utf8')))

describe('npm run hosting', () => {
  it('writes every recipe, byte for byte the same each time', async () => {
    expect(await hosting()).toMatchObject({ code: 0, output: expect.stringContaining(RECIPES.join(', ')) as string })
    const once = await recipes()
    await hosting()
    expect(await recipes()).toEqual(once)
    expect(once.slice(0, 2).every(text => text.startsWith('# Written by npm run hosting'))).toBe(true)
    expect(await hosting('--check')).toMatchObject({ code: 0, output: '' })
  })

  it.each(RECIPES)('--check names %s when it is stale, and writes nothing', async (path) => {
    await hosting()
    const stale = (text: string) => text.replace('no-referrer', 'origin')
    await project.edit({ [path]: stale })
    const before = await recipes()
    const { code, output } = await hosting('--check')
    expect(code).toBe(1)
    expect(output).toBe(`${path} is not what this build needs: npm run hosting, with the options of this check.\n`)
    expect(await recipes()).toEqual(before)
  })

  it('--check sees that a page’s script has changed', async () => {
    await hosting()
    const other = await createSite('/', { 'ebb/index.html': '<script>other("/assets/")</script>' })
    const { code, output } = await project.run('hosting.ts', ['--from', other.folder, '--check'])
    expect(code).toBe(1)
    expect(output.match(/^\S+/gm)).toEqual(RECIPES)
    await other.remove()
  })

  it('lets other sites frame the deck, in every recipe', async () => {
    expect((await hosting('--frame-ancestors', `'self' https://example.org`)).code).toBe(0)
    for (const text of await recipes()) expect(text).toContain(`frame-ancestors 'self' https://example.org`)
  })

  it('for another address writes nginx’s alone', async () => {
    await hosting()
    const [, ...others] = await recipes()
    const below = await createSite('/talk/')
    expect(await project.run('hosting.ts', ['--from', below.folder, '--base', '/talk/', '--listen', '8080', '--new', '/srv/www'])).toMatchObject({ code: 0, output: 'Written: hosting/nginx.conf\n' })
    const [nginx, ...unchanged] = await recipes()
    for (const line of ['listen 8080;', 'root /srv/www;', 'error_page 404 /talk/404.html;', '304) /talk/en/assets/']) expect(nginx).toContain(line)
    expect(unchanged).toEqual(others)
    await below.remove()
  })

  it.each<[what: string, changes: Record<string, string | undefined>, args: string[], code: number, message: string]>([
    ['a folder that is no build', { 'index.html': undefined }, [], 1, 'is no build: run npm run build first'],
    ['a build for another address', {}, ['--base', '/talk/'], 1, 'was built for /, not for /talk/'],
    ['an inline handler', { '404.html': '<body onload="go()">' }, [], 1, '404.html:1  <body onload="go()"> breaks the Content-Security-Policy'],
    ['a file without a hash that would be kept for a year', { 'en/assets/app.js': '' }, [], 1, 'en/assets/app.js would be kept for a year'],
    ['a kind of file without a media type', { 'song.flac': '' }, [], 1, 'song.flac has no media type'],
    ['rewrite rules', { 'en/_redirects': '' }, [], 1, 'en/_redirects holds rewrite rules'],
    ['a wrong frame ancestor', {}, ['--frame-ancestors', `'self'; script-src *`], 1, 'is no source of frame-ancestors'],
    ['a wrong port', {}, ['--listen', '80a'], 2, '--listen must be a port, not "80a".'],
    ['a wrong folder', {}, ['--new', '/a b'], 2, '--new must be a folder’s absolute path'],
    ['a wrong address', {}, ['--base', 'talk'], 2, '--base must start and end with "/"'],
    ['an unknown option', {}, ['--headers'], 2, `Unknown option '--headers'`],
  ])('refuses %s and leaves the recipes alone', async (_, changes, args, code, message) => {
    const before = await recipes()
    const bad = await createSite('/', changes)
    const finished = await project.run('hosting.ts', ['--from', bad.folder, ...args])
    expect(finished.output).toContain(message)
    expect(finished.output).not.toMatch(/^\s+at /m)
    expect(finished.code).toBe(code)
    expect(await recipes()).toEqual(before)
    await bad.remove()
  })
})
