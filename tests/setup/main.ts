import { resolve } from 'node:path'
import { ensureChromium } from 'slidev-addon-deck/browser'
import { x } from 'tinyexec'
import { ensureTools, SCREEN_READER } from './tools.ts'

/*
 * npm test                sets up browsers, the PDF tools and nginx, then checks style, types and, where these are good, behaviour.
 * npm test -- WORDS       hands the words on to Vitest: `npm test -- walk` runs the suites so named, `npm test -- -u` renews snapshots.
 * npm run test:soak       what takes long: many rounds, many inputs.
 */
const root = resolve(import.meta.dirname, '../..')
const [mode, ...others] = process.argv.slice(2)
const isSoak = mode === 'soak'
const words = isSoak ? others : process.argv.slice(2)
const vitest = ['vitest', 'run', '--config', 'tests/vitest.config.ts', ...words]
const first = isSoak || words.length > 0 ? [] : [['npm', 'run', '--silent', 'lint'], ['vue-tsc', '--noEmit']]

/** Sees to it that browsers and tools are there. @returns what the tests are told of it. */
async function setUp(): Promise<Record<string, string>> {
  const browser = await ensureChromium()
  await ensureTools(['pdffonts', 'pdfimages', 'pdfinfo', 'pdftotext', 'qpdf', 'nginx', 'ngx_http_brotli_static_module.so', 'firefox-esr', 'WebKitWebDriver', 'Xvfb', ...isSoak ? SCREEN_READER : []])
  return { CHROMIUM_PATH: browser, ...isSoak && { SOAK: '1', FUZZ_FACTOR: process.env['FUZZ_FACTOR'] ?? '20', FUZZ_SEED: process.env['FUZZ_SEED'] ?? 'random' } }
}

/** @returns whether it went well. */
async function run([command = '', ...args]: readonly string[], env: Record<string, string> = {}): Promise<boolean> {
  const { exitCode } = await x(command, args, { nodeOptions: { cwd: root, env, stdio: 'inherit' } })
  return exitCode === 0
}

try {
  // What is installed comes over the network: style and types are checked meanwhile.
  const [env, ...good] = await Promise.all([setUp(), ...first.map(step => run(step))])
  if (good.includes(false) || !await run(vitest, env)) process.exitCode = 1
}
catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
