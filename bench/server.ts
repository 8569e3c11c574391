import { readdir, readFile } from 'node:fs/promises'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, relative, sep } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants } from 'node:zlib'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8', '.svg': 'image/svg+xml',
  '.json': 'application/json', '.webmanifest': 'application/manifest+json', '.xml': 'application/xml', '.txt': 'text/plain; charset=utf-8',
  '.woff2': 'font/woff2', '.png': 'image/png', '.ico': 'image/x-icon', '.pdf': 'application/pdf',
}
const TEXTS = ['.html', '.js', '.css', '.svg', '.json', '.webmanifest', '.xml', '.txt']
/** The same for every file, as GitHub Pages has it: the visits measured are cold. */
const CACHING = 'max-age=600'

/** A file of a folder as it is sent. */
interface HostedFile {
  body: Buffer
  type: string
  /** The body at brotli's highest quality, of texts only. */
  brotli?: Buffer
}

/** A folder's files in memory, by their path below it. */
export interface Hosting {
  files: ReadonlyMap<string, HostedFile>
  /** Whether unknown paths get the index page, as stock Slidev needs it. */
  fallback: boolean
}

/** What a request is answered with. */
export interface Answer {
  status: number
  headers: Record<string, string>
  body: Buffer
}

/** One answer that went out. */
export interface Sent {
  path: string
  status: number
  /** On the wire, head included. */
  bytes: number
  /** Whether a service worker asked: for a file, or to be loaded itself. */
  worker: boolean
}

/** A folder served on a free loopback port. */
export interface Served {
  origin: string
  /** Every answer so far, in order. */
  sent: readonly Sent[]
  close: () => Promise<void>
}

/**
 * Reads a folder and compresses its texts, each once.
 * @throws where it has no index page.
 */
export async function readHosting(folder: string, { fallback = false } = {}): Promise<Hosting> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = await Promise.all(entries.filter(entry => entry.isFile()).map(async (entry) => {
    const path = join(entry.parentPath, entry.name)
    return [relative(folder, path).split(sep).join('/'), await hosted(path)] as const
  }))
  if (!files.some(([path]) => path === 'index.html')) throw new Error(`${folder} has no index.html: it is no finished build.`)
  return { files: new Map(files), fallback }
}

async function hosted(path: string): Promise<HostedFile> {
  const body = await readFile(path)
  const extension = extname(path)
  const type = TYPES[extension] ?? 'application/octet-stream'
  if (!TEXTS.includes(extension)) return { body, type }
  const params = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY, [constants.BROTLI_PARAM_SIZE_HINT]: body.length }
  return { body, type, brotli: await promisify(brotliCompress)(body, { params }) }
}

/** Answers as a static host does: a folder by its index page, without its slash by a redirect, unknown paths by 404.html. */
export function answer({ files, fallback }: Hosting, url: string, acceptEncoding = ''): Answer {
  const path = pathOf(url)
  const file = path === undefined ? undefined : files.get(path === '' || path.endsWith('/') ? `${path}index.html` : path)
  if (file) return sendable(200, file, acceptEncoding)
  if (files.has(`${path}/index.html`)) return { status: 301, headers: { location: `/${path}/` }, body: Buffer.alloc(0) }
  const index = files.get('index.html')
  if (fallback && index && !extname(path ?? '')) return sendable(200, index, acceptEncoding)
  return sendable(404, files.get('404.html') ?? { body: Buffer.from('Not found'), type: 'text/plain' }, acceptEncoding)
}

/** The path below the folder, decoded; undefined where it can't be read. */
function pathOf(url: string): string | undefined {
  try {
    return decodeURIComponent(new URL(url, 'http://localhost').pathname).slice(1)
  }
  catch {
    return undefined
  }
}

function sendable(status: number, { body, type, brotli }: HostedFile, acceptEncoding: string): Answer {
  const compressed = brotli && /\bbr\b/.test(acceptEncoding) ? brotli : undefined
  const sent = compressed ?? body
  const headers = { 'content-type': type, 'content-length': String(sent.length), 'cache-control': CACHING, ...brotli && { vary: 'accept-encoding' }, ...compressed && { 'content-encoding': 'br' } }
  return { status, headers, body: sent }
}

/** Serves on loopback, HTTP/1.1, and keeps account of what goes out. */
export async function serve(hosting: Hosting): Promise<Served> {
  const sent: Sent[] = []
  const workers = new Set<string>()
  const server = createServer((request, response) => {
    const path = request.url ?? '/'
    const before = request.socket.bytesWritten
    const worker = isWorkers(request.headers, path, workers)
    const { status, headers, body } = answer(hosting, path, request.headers['accept-encoding']?.toString())
    response.once('finish', () => sent.push({ path, status, bytes: request.socket.bytesWritten - before, worker }))
    response.writeHead(status, headers).end(body)
  })
  await new Promise<void>((done, fail) => server.once('error', fail).listen(0, '127.0.0.1', done))
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    sent,
    close: () => new Promise((done) => {
      server.close(() => done())
      server.closeAllConnections()
    }),
  }
}

/** What a service worker asks for bears its script's address as referrer (Fetch Standard); the script itself is told by its destination. */
function isWorkers(headers: IncomingHttpHeaders, path: string, workers: Set<string>): boolean {
  if (headers['sec-fetch-dest'] === 'serviceworker' || headers['service-worker'] === 'script') {
    workers.add(new URL(path, 'http://localhost').pathname)
    return true
  }
  return headers.referer !== undefined && workers.has(new URL(headers.referer).pathname)
}
