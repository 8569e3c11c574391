import { spawn } from 'node:child_process'
import { access, constants } from 'node:fs/promises'
import { delimiter, join } from 'node:path'

/** Debian's package of each program the tests read PDFs and PPTX, serve the deck, look at it and listen to it with, of nginx's module and of fonts. */
const PACKAGES = {
  'pdffonts': 'poppler-utils', 'pdfimages': 'poppler-utils', 'pdfinfo': 'poppler-utils', 'pdftoppm': 'poppler-utils', 'pdftotext': 'poppler-utils',
  'qpdf': 'qpdf',
  'firefox-esr': 'firefox-esr', 'WebKitWebDriver': 'webkit2gtk-driver', 'Xvfb': 'xvfb',
  'soffice': 'libreoffice-impress', 'NotoSansCJK-Regular.ttc': 'fonts-noto-cjk',
  'nginx': 'nginx', 'ngx_http_brotli_static_module.so': 'libnginx-mod-http-brotli-static',
  'orca': 'orca', 'chromium': 'chromium', 'speech-dispatcher': 'speech-dispatcher', 'at-spi-bus-launcher': 'at-spi2-core', 'dbus-daemon': 'dbus-daemon', 'openbox': 'openbox', 'xdotool': 'xdotool',
} as const
export type Tool = keyof typeof PACKAGES

/** What a screen reader takes (soak/orca): which only soak runs install. */
export const SCREEN_READER = ['orca', 'chromium', 'speech-dispatcher', 'at-spi-bus-launcher', 'dbus-daemon', 'openbox', 'xdotool', 'Xvfb', 'firefox-esr'] as const satisfies readonly Tool[]

/** Where Debian puts what is not on an ordinary user's PATH. */
const FURTHER_FOLDERS: Partial<Record<Tool, string>> = {
  'nginx': '/usr/sbin', 'at-spi-bus-launcher': '/usr/libexec', 'ngx_http_brotli_static_module.so': '/usr/lib/nginx/modules',
  'NotoSansCJK-Regular.ttc': '/usr/share/fonts/opentype/noto',
}

const PATIENCE = 600_000

/** Where a tool is, or nothing. */
export async function findTool(tool: Tool, path = process.env['PATH'] ?? ''): Promise<string | undefined> {
  const folders = [...path.split(delimiter).filter(Boolean), ...[FURTHER_FOLDERS[tool] ?? []].flat()]
  const wanted = /\.(?:so|ttc)$/.test(tool) ? constants.R_OK : constants.X_OK
  const found = await Promise.all(folders.map(folder => access(join(folder, tool), wanted).then(() => join(folder, tool), () => undefined)))
  return found.find(file => file !== undefined)
}

/** The tools that are in no folder they could be in. */
export async function missingTools(tools: readonly Tool[], path = process.env['PATH'] ?? ''): Promise<Tool[]> {
  const found = await Promise.all(tools.map(tool => findTool(tool, path)))
  return tools.filter((_, i) => !found[i])
}

/**
 * Sees to it that programs are there: root gets what is missing with apt-get, without being asked.
 * @throws where some stay missing; the message says what to install.
 */
export async function ensureTools(tools: readonly Tool[], env: NodeJS.ProcessEnv = process.env): Promise<void> {
  const missing = await missingTools(tools, env['PATH'])
  if (missing.length === 0) return
  const packages = [...new Set(missing.map(tool => PACKAGES[tool]))]
  let failure = process.platform !== 'linux' ? 'apt-get is not on this system' : process.getuid?.() === 0 ? '' : 'only root may'
  if (!failure) console.error(`Missing ${missing.join(', ')}: trying apt-get …`)
  for (const command of [['apt-get', 'update'], ['apt-get', 'install', '-y', '--no-install-recommends', ...packages]]) failure ||= await run(command, env)
  const still = await missingTools(tools, env['PATH'])
  if (still.length > 0) throw new Error(`The tests need ${still.join(', ')}, and apt-get did not install them (${failure || 'it installed something else'}): sudo apt-get install ${packages.join(' ')} (on macOS: brew install poppler qpdf; nginx and the other browsers are tested on Debian and its kin only).`)
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
