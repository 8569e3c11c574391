import { readFile, stat } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, sep } from 'node:path'
import { mediaTypes, textEndings } from '../lib/media-types.ts'

/** A folder served on a free loopback port. */
export interface Served {
  origin: string
  close: () => Promise<void>
}

/**
 * Serves a finished build as a static host does: files as they are, below an edition's folder any other path its index page.
 * @param base the address the build is for, with a slash at both ends.
 * @param extra further files by their address.
 */
export async function serveBuild(folder: string, base = '/', extra: ReadonlyMap<string, string> = new Map()): Promise<Served> {
  const server = createServer((request, response) => {
    void answer(folder, base, extra, request.url ?? '/').then(({ status, type, body }) => {
      response.writeHead(status, { 'content-type': type }).end(body)
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

const NOT_FOUND = { status: 404, type: 'text/plain', body: Buffer.from('not found') }

async function answer(folder: string, base: string, extra: ReadonlyMap<string, string>, url: string): Promise<{ status: number, type: string, body: Buffer }> {
  const path = decodeURIComponent(new URL(url, 'http://localhost').pathname)
  const other = extra.get(path)
  if (!other && !path.startsWith(base)) return NOT_FOUND
  const wanted = other ?? join(folder, path.slice(base.length))
  if (!other && !`${wanted}${sep}`.startsWith(`${folder}${sep}`)) return NOT_FOUND
  const file = await isFile(wanted) ? wanted : extname(path) ? undefined : await indexFor(folder, path.slice(base.length))
  if (!file) return NOT_FOUND
  return readFile(file).then(body => ({ status: 200, type: typeOf(file), body }), () => NOT_FOUND)
}

/** The index page of the edition a path is in: that of the nearest folder. */
async function indexFor(folder: string, path: string): Promise<string | undefined> {
  const parts = path.split('/').filter(Boolean)
  for (let kept = parts.length; kept >= 0; kept--) {
    const index = join(folder, ...parts.slice(0, kept), 'index.html')
    if (await isFile(index)) return index
  }
  return undefined
}

function typeOf(file: string): string {
  const ending = extname(file).slice(1)
  const [, type] = Object.entries(mediaTypes).find(([known]) => known === ending) ?? []
  if (!type) return 'application/octet-stream'
  return textEndings.some(text => text === ending) ? `${type}; charset=utf-8` : type
}

const isFile = (path: string) => stat(path).then(found => found.isFile(), () => false)
