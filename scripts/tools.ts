import { spawn } from 'node:child_process'
import { access, constants } from 'node:fs/promises'
import { delimiter, join } from 'node:path'

/** Debian's package of each program the tests read PDFs with. */
const PACKAGES = {
  pdffonts: 'poppler-utils', pdfimages: 'poppler-utils', pdfinfo: 'poppler-utils', pdftoppm: 'poppler-utils', pdftotext: 'poppler-utils',
  qpdf: 'qpdf',
} as const
export type Tool = keyof typeof PACKAGES

const PATIENCE = 600_000

/** The programs that are on no folder of the PATH. */
export async function missingTools(tools: readonly Tool[], path = process.env['PATH'] ?? ''): Promise<Tool[]> {
  const folders = path.split(delimiter).filter(Boolean)
  const found = await Promise.all(tools.map(async tool => (await Promise.all(folders.map(folder => access(join(folder, tool), constants.X_OK).then(() => true, () => false)))).includes(true)))
  return tools.filter((_, i) => !found[i])
}

/**
 * Sees to it that programs are there: installs what is missing with apt-get where that may be done.
 * @throws where some stay missing; the message says what to install.
 */
export async function ensureTools(tools: readonly Tool[], env: NodeJS.ProcessEnv = process.env): Promise<void> {
  const missing = await missingTools(tools, env['PATH'])
  if (missing.length === 0) return
  const packages = [...new Set(missing.map(tool => PACKAGES[tool]))]
  console.error(`Missing ${missing.join(', ')}: trying apt-get …`)
  const prefix = process.getuid?.() === 0 ? [] : ['sudo', '-n']
  let failure = process.platform === 'linux' ? '' : 'apt-get is not on this system'
  for (const command of [['apt-get', 'update'], ['apt-get', 'install', '-y', '--no-install-recommends', ...packages]]) {
    failure ||= await run([...prefix, ...command], env)
  }
  const still = await missingTools(tools, env['PATH'])
  if (still.length > 0) throw new Error(`The tests of PDFs need ${still.join(', ')}, and apt-get could not install them (${failure || 'it installed something else'}): install ${packages.join(' and ')} (on macOS: brew install poppler qpdf).`)
}

/** @returns why it failed, or nothing. */
function run([program = '', ...args]: string[], env: NodeJS.ProcessEnv): Promise<string> {
  return new Promise((done) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], timeout: PATIENCE, env: { ...env, DEBIAN_FRONTEND: 'noninteractive' } })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => output += chunk.toString())
    child.on('error', error => done(error.message))
    child.on('close', code => done(code === 0 ? '' : output.trim().split('\n').at(-1) ?? 'it failed'))
  })
}
