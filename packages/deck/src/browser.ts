import { spawn } from 'node:child_process'
import { access, constants } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { delimiter, dirname, join } from 'node:path'
import type { Browser, LaunchOptions } from 'playwright-chromium'

/** First the one without a window of its own, which nobody sees here: it takes three quarters of the time of a whole one. */
const COMMANDS = ['chromium-headless-shell', 'google-chrome', 'google-chrome-stable', 'chromium', 'chromium-browser', 'microsoft-edge', 'msedge']

/** Flags that keep a browser from contacting its maker. */
const QUIET = ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run', '--disable-quic']
/** Has the one without a window measure text as a whole browser does: in fractions of a px. */
const TEXT = '--font-render-hinting=none'

const VERSION_TIMEOUT = 20_000
/** Time limits of an installation, in milliseconds. */
const DOWNLOAD_TIMEOUT = 600_000
const CONNECTION_TIMEOUT = 8_000
const PACKAGES_TIMEOUT = 900_000

/** What to do where there is no browser. */
export const ADVICE = 'Install Chromium, Chrome or Edge, or set CHROMIUM_PATH to the executable of one.'

/**
 * A Chromium that starts: the one CHROMIUM_PATH names, else Playwright's own, else the system's Chrome, Chromium or Edge.
 * @returns the path of its executable, or nothing where there is none.
 * @throws where CHROMIUM_PATH is set to something that does not start.
 */
export async function findChromium(): Promise<string | undefined> {
  for (const path of await candidates()) {
    if (await starts(path)) return path
  }
  const wanted = process.env['CHROMIUM_PATH']
  if (wanted) throw new Error(`CHROMIUM_PATH is ${wanted}, but that is no Chromium that starts. Correct it, or unset it to have one found.`)
  return undefined
}

/** Executables that may be a Chromium, the preferred first. */
async function candidates(): Promise<string[]> {
  const wanted = process.env['CHROMIUM_PATH']
  const paths = wanted ? [wanted] : [(await import('playwright-chromium')).chromium.executablePath(), ...systemPaths()]
  const there = await Promise.all(paths.map(path => access(path, constants.X_OK).then(() => true, () => false)))
  return paths.filter((_, i) => there[i])
}

/**
 * A Chromium that starts, installed where there is none: Playwright's download, else the system's package manager.
 * @returns the path of its executable.
 * @throws where none could be installed; the message says what to do.
 */
export async function ensureChromium(): Promise<string> {
  const found = await findChromium()
  if (found) return found
  const attempts: string[] = []
  for (const [name, install] of [['Playwright’s download', downloadWithPlaywright], ['apt-get', installWithApt]] as const) {
    console.error(`No Chromium found: trying ${name} …`)
    const failure = await install()
    const installed = await findChromium()
    if (installed) return installed
    attempts.push(`${name}: ${failure ?? 'installed a browser that does not start'}`)
  }
  throw new Error(`No Chromium found, and none could be installed.\n${attempts.map(line => `  ${line}\n`).join('')}${ADVICE}`)
}

/**
 * Starts a headless Chromium that talks to nobody by itself, installed where there is none.
 * @throws as `ensureChromium` does, and where the browser fails to start.
 */
export async function launchChromium(options: LaunchOptions = {}): Promise<Browser> {
  return await openChromium(options) ?? launch(await ensureChromium(), options)
}

/**
 * Starts a headless Chromium that talks to nobody by itself.
 * @returns nothing where there is none.
 * @throws as `findChromium` does, and where the browser fails to start.
 */
export async function openChromium(options: LaunchOptions = {}): Promise<Browser | undefined> {
  // The first that is there mostly starts: to ask it for its version before would take longer than to start it.
  const [first] = await candidates()
  const started = first ? await launch(first, options).catch(() => undefined) : undefined
  if (started) return started
  const found = await findChromium()
  return found ? launch(found, options) : undefined
}

async function launch(executablePath: string, options: LaunchOptions): Promise<Browser> {
  const { chromium } = await import('playwright-chromium')
  return chromium.launch(quietly({ executablePath, ...options }))
}

/** The options to start a Chromium with that talks to nobody by itself. */
export function quietly<Options extends LaunchOptions>(options: Options): Options {
  // Chromium refuses to run as root inside its sandbox.
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  return { ...options, args: [...QUIET, TEXT, ...sandbox, ...options.args ?? []] }
}

/** The usual places of Chrome, Chromium and Edge on this system: those on the PATH first. */
function systemPaths(): string[] {
  const { env, platform } = process
  const suffix = platform === 'win32' ? '.exe' : ''
  const folders = (env['PATH'] ?? '').split(platform === 'win32' ? ';' : delimiter).filter(Boolean)
  const onPath = COMMANDS.flatMap(command => folders.map(folder => join(folder, command + suffix)))
  if (platform === 'darwin') {
    const roots = ['/Applications', join(env['HOME'] ?? '', 'Applications')]
    return [...onPath, ...roots.flatMap(root => ['Google Chrome', 'Chromium', 'Microsoft Edge'].map(name => join(root, `${name}.app/Contents/MacOS/${name}`)))]
  }
  if (platform === 'win32') {
    const roots = [env['PROGRAMFILES'], env['PROGRAMFILES(X86)'], env['LOCALAPPDATA']].filter(root => root !== undefined)
    return [...onPath, ...roots.flatMap(root => ['Google/Chrome/Application/chrome.exe', 'Chromium/Application/chrome.exe', 'Microsoft/Edge/Application/msedge.exe'].map(name => join(root, name)))]
  }
  return onPath
}

/** Whether a browser starts: one without its system libraries, or a stub that asks for another package, does not. */
async function starts(path: string): Promise<boolean> {
  if (process.platform === 'win32') {
    // There `--version` opens a window instead of printing.
    const { chromium } = await import('playwright-chromium')
    return chromium.launch({ executablePath: path, timeout: VERSION_TIMEOUT }).then(browser => browser.close()).then(() => true, () => false)
  }
  const { code, output } = await run(path, ['--version'], VERSION_TIMEOUT)
  return code === 0 && /\d+\.\d+/.test(output)
}

/** Runs a command to its end, or for `timeout` milliseconds at most. Never throws; `code` is -1 where it could not run or was stopped. */
function run(command: string, args: string[], timeout: number, env = process.env): Promise<{ code: number, output: string }> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], timeout, killSignal: 'SIGKILL', env })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => output += chunk.toString())
    child.on('error', error => resolve({ code: -1, output: error.message }))
    // A grandchild may hold the pipes open after the child is gone: what it printed within a second is enough.
    child.on('exit', () => setTimeout(() => [child.stdout, child.stderr].forEach(stream => stream.destroy()), 1000).unref())
    child.on('close', code => resolve({ code: code ?? -1, output }))
  })
}

/** @returns why it failed, or nothing. */
async function downloadWithPlaywright(): Promise<string | undefined> {
  const cli = join(dirname(createRequire(import.meta.url).resolve('playwright-chromium/package.json')), 'cli.js')
  // .npmrc tells npm not to download a browser, and npm tells every script: here it is wanted.
  const env: NodeJS.ProcessEnv = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/playwright_skip_browser_download$/i.test(name)))
  env['PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT'] ??= String(CONNECTION_TIMEOUT)
  const { code, output } = await run(process.execPath, [cli, 'install', 'chromium', '--no-shell'], DOWNLOAD_TIMEOUT, env)
  return code === 0 ? undefined : /Error: .*/.exec(output)?.[0] ?? 'it did not finish'
}

/** @returns why it failed, or nothing. */
async function installWithApt(): Promise<string | undefined> {
  if (process.platform !== 'linux') return 'not on this system'
  const prefix = process.getuid?.() === 0 ? [] : ['sudo', '-n']
  const apt = async (...words: string[]) => {
    const [program = '', ...args] = [...prefix, 'apt-get', ...words]
    const { code, output } = await run(program, args, PACKAGES_TIMEOUT, { ...process.env, DEBIAN_FRONTEND: 'noninteractive' })
    return code === 0 ? undefined : output.trim().split('\n').at(-1) || 'it failed'
  }
  const install = (name: string) => apt('install', '-y', '--no-install-recommends', name)
  // Older releases have no package of the first.
  return await apt('update') ?? (await install('chromium-headless-shell') && await install('chromium'))
}
