import { spawn, type ChildProcess } from 'node:child_process'
import { copyFile, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir, userInfo } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { getRandomPort } from 'get-port-please'
import { ensureTools, findTool } from '../setup/tools.ts'

const RECIPE = resolve(import.meta.dirname, '../../packages/site/hosting')
/** Another process may take a port that was free a moment ago. */
const ATTEMPTS = 3
const PATIENCE = 15_000

export interface NginxSettings {
  /** A finished build. */
  folder: string
  /** The address it was built for, with a slash at both ends. */
  base?: string
  /** Alters nginx.conf: to see a test fail. */
  alter?: (server: string) => string
}

/** Debian's nginx with the recipe, on a free loopback port, in a folder of its own. */
export interface RunningNginx {
  origin: string
  /** What it has written to its error log so far. */
  log: () => string
  /** Ends it and waits until it has ended; its folder is removed. */
  stop: () => Promise<void>
}

/**
 * Starts nginx with the recipe, its two lines changed as its comments say.
 * @throws with nginx's own message where it does not start.
 */
export async function startNginx(settings: NginxSettings): Promise<RunningNginx> {
  for (let attempt = 1; ; attempt++) {
    const prepared = await prepare(settings)
    try {
      return await start(prepared)
    }
    catch (error) {
      await prepared.remove()
      if (attempt === ATTEMPTS || !String(error).includes('Address already in use')) throw error
    }
  }
}

/** What `nginx -t` says of the recipe: its exit code and its words. */
export async function testConfiguration(settings: NginxSettings): Promise<{ code: number | null, output: string }> {
  const prepared = await prepare(settings)
  try {
    const { finished } = run(prepared, ['-t'])
    return await finished
  }
  finally {
    await prepared.remove()
  }
}

interface Prepared {
  nginx: string
  folder: string
  port: number
  remove: () => Promise<void>
}

async function prepare({ folder, base = '/', alter = text => text }: NginxSettings): Promise<Prepared> {
  await ensureTools(['nginx', 'ngx_http_brotli_static_module.so'])
  const own = await mkdtemp(join(tmpdir(), 'deck-nginx-'))
  const port = await getRandomPort('127.0.0.1')
  const root = join(own, 'www')
  const place = resolve(join(root, base))
  await mkdir(dirname(place), { recursive: true })
  await symlink(resolve(folder), place)
  await copyFile(join(RECIPE, 'container.conf'), join(own, 'container.conf'))
  const recipe = await readFile(join(RECIPE, 'nginx.conf'), 'utf8')
  const changes: [from: string, to: string][] = [['listen 80;', `listen 127.0.0.1:${port};`], ['root /var/www/talk;', `root ${root};`], ['set $talk_base /;', `set $talk_base ${base};`]]
  const server = changes.reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`The recipe has no “${from}” to change.`)
    return text.replace(from, to)
  }, recipe)
  await writeFile(join(own, 'nginx.conf'), alter(server))
  return { nginx: await findTool('nginx') ?? 'nginx', folder: own, port, remove: () => rm(own, { recursive: true, force: true }) }
}

function run({ nginx, folder }: Prepared, args: string[]) {
  // Root's workers would else be nobody, who may not read the build.
  const user = process.getuid?.() === 0 ? `user ${userInfo().username};` : ''
  const child = spawn(nginx, ['-e', 'stderr', '-p', folder, '-c', join(folder, 'container.conf'), '-g', `daemon off; ${user}`, ...args], { stdio: ['ignore', 'ignore', 'pipe'] })
  let output = ''
  child.stderr.on('data', (chunk: Buffer) => output += chunk.toString())
  const finished = new Promise<{ code: number | null, output: string }>((done, fail) => {
    child.on('error', fail)
    child.on('close', code => done({ code, output }))
  })
  return { child, finished, log: () => output }
}

async function start(prepared: Prepared): Promise<RunningNginx> {
  const { child, finished, log } = run(prepared, [])
  const kill = () => child.kill('SIGTERM')
  process.once('exit', kill)
  const stop = async () => {
    process.off('exit', kill)
    kill()
    await finished
    await prepared.remove()
  }
  try {
    await listening(child, finished, log)
  }
  catch (error) {
    await stop()
    throw error
  }
  return { origin: `http://127.0.0.1:${prepared.port}`, log, stop }
}

/** Workers start after the port is open: nginx says so in its log. */
function listening(child: ChildProcess, finished: Promise<{ output: string }>, log: () => string): Promise<void> {
  return new Promise((done, fail) => {
    const timer = setTimeout(() => fail(new Error(`nginx did not start within ${PATIENCE} ms:\n${log()}`)), PATIENCE)
    child.stderr?.on('data', () => {
      if (!log().includes('start worker process ')) return
      clearTimeout(timer)
      done()
    })
    finished.then(({ output }) => fail(new Error(`nginx ended:\n${output}`)), fail).finally(() => clearTimeout(timer))
  })
}
