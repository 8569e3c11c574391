import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ensureChromium, findChromium } from './browser.ts'

const PRINTS_VERSION = 'echo Chromium 150.0.1'
/** What a Playwright browser does on a machine without its system libraries. */
const LACKS_LIBRARIES = 'echo "error while loading shared libraries: libnspr4.so" >&2; exit 127'

const places = vi.hoisted(() => ({ folder: '' }))
vi.mock('playwright-chromium', () => ({ chromium: { executablePath: () => `${places.folder}/playwright-chrome` } }))

const { platform } = process
const setPlatform = (value: NodeJS.Platform) => Object.defineProperty(process, 'platform', { value })

let folder = ''
beforeEach(async () => {
  folder = places.folder = await mkdtemp(join(tmpdir(), 'deck browser '))
  setPlatform('linux')
  vi.stubEnv('CHROMIUM_PATH', undefined)
  vi.stubEnv('PATH', folder)
  vi.stubEnv('PLAYWRIGHT_BROWSERS_PATH', folder)
  // Nothing listens there: a download fails at once.
  vi.stubEnv('PLAYWRIGHT_DOWNLOAD_HOST', 'http://127.0.0.1:1')
})
afterEach(async () => {
  vi.unstubAllEnvs()
  setPlatform(platform)
  await rm(folder, { recursive: true })
})

/** An executable in the temporary folder, which is also the whole PATH of the tests. */
async function fake(name: string, script: string): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, `#!/bin/sh\n${script}\n`)
  await chmod(path, 0o755)
  return path
}

describe('findChromium', () => {
  it('prefers the explicit setting', async () => {
    const wanted = await fake('wanted', PRINTS_VERSION)
    await fake('playwright-chrome', PRINTS_VERSION)
    vi.stubEnv('CHROMIUM_PATH', wanted)
    expect(await findChromium()).toBe(wanted)
  })

  it('refuses an explicit setting that does not start, though another browser is there', async () => {
    await fake('chromium', PRINTS_VERSION)
    const broken = await fake('broken', LACKS_LIBRARIES)
    vi.stubEnv('CHROMIUM_PATH', broken)
    await expect(findChromium()).rejects.toThrow(`CHROMIUM_PATH is ${broken}`)
    vi.stubEnv('CHROMIUM_PATH', join(folder, 'missing'))
    await expect(findChromium()).rejects.toThrow('CHROMIUM_PATH')
  })

  it('prefers Playwright’s own to the system’s', async () => {
    await fake('google-chrome', PRINTS_VERSION)
    const own = await fake('playwright-chrome', PRINTS_VERSION)
    expect(await findChromium()).toBe(own)
  })

  it('passes over a Playwright browser that lacks its system libraries', async () => {
    await fake('playwright-chrome', LACKS_LIBRARIES)
    const system = await fake('chromium', PRINTS_VERSION)
    expect(await findChromium()).toBe(system)
  })

  it.each(['chromium-headless-shell', 'google-chrome', 'chromium', 'chromium-browser', 'msedge'])('finds %s on the PATH', async (name) => {
    const path = await fake(name, PRINTS_VERSION)
    expect(await findChromium()).toBe(path)
  })

  it('passes over a stub that only asks for another package', async () => {
    await fake('chromium-browser', 'echo "requires the chromium snap to be installed"; exit 1')
    expect(await findChromium()).toBeUndefined()
  })

  it('looks in the user’s applications on macOS', async () => {
    const name = 'Applications/Google Chrome.app/Contents/MacOS/Google Chrome'
    await mkdir(join(folder, name, '..'), { recursive: true })
    const path = await fake(name, PRINTS_VERSION)
    vi.stubEnv('HOME', folder)
    vi.stubEnv('PATH', '')
    setPlatform('darwin')
    expect(await findChromium()).toBe(path)
  })
})

describe('ensureChromium', () => {
  beforeEach(() => void vi.spyOn(console, 'error').mockImplementation(() => undefined))
  afterEach(() => void vi.restoreAllMocks())

  it.each(['chromium-headless-shell', 'chromium'])('installs with apt-get where Playwright’s download fails: %s', async (name) => {
    // As root apt-get is called directly, else through sudo.
    await fake('sudo', 'shift; exec "$@"')
    await fake('apt-get', `[ "$1" = install ] || exit 0
case "$*" in *" ${name}") ;; *) exit 100;; esac
printf '#!/bin/sh\\necho Chromium 150.0.1\\n' > '${folder}/${name}'
/bin/chmod +x '${folder}/${name}'`)
    expect(await ensureChromium()).toBe(join(folder, name))
  }, 60_000)

  it('says what to do where nothing can be installed', async () => {
    await fake('apt-get', 'echo "E: Unable to locate package chromium"; exit 100')
    await fake('sudo', 'echo "sudo: a password is required"; exit 1')
    const failure = await ensureChromium().catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(Error)
    const { message } = failure as Error
    expect(message).toMatch(/Playwright’s download: Error: .+\n {2}apt-get: (E: Unable to locate package|sudo: a password)/)
    expect(message).toMatch(/set CHROMIUM_PATH to the executable/)
  }, 60_000)
})
