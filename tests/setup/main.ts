import { resolve } from 'node:path'
import { ensureChromium } from 'slidev-addon-deck/browser'
import { x } from 'tinyexec'
import { ensureTools, SCREEN_READER } from './tools.ts'

/*
 * npm test                sets up browsers, the PDF tools and nginx, then checks style, types and behaviour; stops at the first that fails.
 * npm test -- WORDS       hands the words on to Vitest: `npm test -- walk` runs the suites so named, `npm test -- -u` renews snapshots.
 * npm run test:soak       what takes long: many rounds, many inputs.
 */
const root = resolve(import.meta.dirname, '../..')
const [first, ...others] = process.argv.slice(2)
const isSoak = first === 'soak'
const words = isSoak ? others : process.argv.slice(2)
const vitest = ['vitest', 'run', '--config', 'tests/vitest.config.ts', ...words]
const steps = isSoak || words.length > 0 ? [vitest] : [['npm', 'run', '--silent', 'lint'], ['vue-tsc', '--noEmit'], vitest]

try {
  const env = {
    CHROMIUM_PATH: await ensureChromium(),
    ...isSoak && { SOAK: '1', FUZZ_FACTOR: process.env['FUZZ_FACTOR'] ?? '20', FUZZ_SEED: process.env['FUZZ_SEED'] ?? 'random' },
  }
  await ensureTools(['pdffonts', 'pdfimages', 'pdfinfo', 'pdftotext', 'qpdf', 'nginx', 'ngx_http_brotli_static_module.so', 'firefox-esr', 'WebKitWebDriver', 'Xvfb', ...isSoak ? SCREEN_READER : []])
  for (const [command = '', ...args] of steps) {
    const { exitCode } = await x(command, args, { nodeOptions: { cwd: root, env, stdio: 'inherit' } })
    process.exitCode = exitCode ?? 1
    if (exitCode !== 0) break
  }
}
catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
