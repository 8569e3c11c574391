import { readFile, stat } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, resolve, sep } from 'node:path'
import { mediaTypes, textEndings } from './media-types.ts'

/** A folder served on a free loopback port. */
export interface Served {
  origin: string
  close: () => Promise<void>
}

/**
 * Serves a finished build as a static host without rewrite rules does: files as they are, a folder by its index page, else the page 404.html.
 * @param base the address the build is for, with a slash at both ends.
 * @param extra further files by their address.
 */
export async function serveBuild(folder: string, base = '/', extra: ReadonlyMap<string, string> = new Map()): Promise<Served> {
  const server = createServer((request, response) => {
    void answer(resolve(folder), base, extra, request.url ?? '/').then(({ status, headers, body }) => {
      response.writeHead(status, headers).end(body)
    })
  })
  await new Promise<void>((done, fail) => server.once('error', fail).listen(0, '127.0.0.1', done))
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => new Promise((done) => {
      server.close(() => done())
      server.closeAllConnections()
    }),
  }
}

interface Answer {
  status: number
  headers: Record<string, string>
  body: Buffer | string
}

async function answer(folder: string, base: string, extra: ReadonlyMap<string, string>, url: string): Promise<Answer> {
  const { pathname, search } = new URL(url, 'http://localhost')
  const path = decoded(pathname)
  const other = extra.get(path)
  const wanted = other ?? (path.startsWith(base) ? join(folder, path.slice(base.length)) : undefined)
  // A path may not lead out of the folder.
  const inside = other !== undefined || `${wanted}${sep}`.startsWith(`${folder}${sep}`)
  if (wanted && inside) {
    const page = join(wanted, 'index.html')
    // What a page names beside itself is found from below its folder's slash.
    if (!path.endsWith('/') && await isFile(page)) return { status: 301, headers: { location: `${pathname}/${search}` }, body: '' }
    const found = await send(path.endsWith('/') ? page : wanted, 200)
    if (found) return found
  }
  return await send(join(folder, '404.html'), 404) ?? { status: 404, headers: { 'content-type': 'text/plain' }, body: 'not found' }
}

/** A path whose escapes are broken is that of no file. */
function decoded(pathname: string): string {
  try {
    return decodeURIComponent(pathname)
  }
  catch {
    return pathname
  }
}

async function send(file: string, status: number): Promise<Answer | undefined> {
  if (!await isFile(file)) return undefined
  return { status, headers: { 'content-type': typeOf(file) }, body: await readFile(file) }
}

function typeOf(file: string): string {
  const ending = extname(file).slice(1)
  const [, type] = Object.entries(mediaTypes).find(([known]) => known === ending) ?? []
  if (!type) return 'application/octet-stream'
  return textEndings.some(text => text === ending) ? `${type}; charset=utf-8` : type
}

const isFile = (path: string) => stat(path).then(found => found.isFile(), () => false)
