import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { ensureChromium } from 'slidev-addon-deck/browser'
import { root } from 'slidev-addon-deck/run-slidev'
import { ensureTools } from './tools.ts'

// Usage: npm test: sets up a browser, the PDF tools and nginx, then checks style, types and behaviour; stops at the first that fails.
const STEPS = [
  ['eslint/bin/eslint.js', '.'],
  ['vue-tsc/bin/vue-tsc.js', '--noEmit'],
  ['vitest/vitest.mjs', 'run'],
] as const

function run(script: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  return new Promise((done) => {
    spawn(process.execPath, [join(root, 'node_modules', script), ...args], { cwd: root, env, stdio: 'inherit' })
      .on('close', code => done(code ?? 1))
  })
}

try {
  const env = { ...process.env, CHROMIUM_PATH: await ensureChromium() }
  await ensureTools(['pdffonts', 'pdfimages', 'pdfinfo', 'pdftotext', 'qpdf', 'nginx', 'ngx_http_brotli_static_module.so'])
  for (const [script, ...args] of STEPS) {
    process.exitCode = await run(script, args, env)
    if (process.exitCode !== 0) break
  }
}
catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
