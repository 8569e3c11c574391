import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { basename, dirname, join, resolve } from 'node:path'
import { unescape } from 'node:querystring'
import sirv from 'sirv'

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
  // A build may be replaced while it is served.
  const filesOf = (of: string) => sirv(of, { dev: true, etag: true, extensions: ['html'] })
  const files = filesOf(folder)
  const server = createServer((request, response) => {
    const { pathname, search } = new URL(request.url ?? '/', 'http://localhost')
    const missing = () => void readFile(join(folder, '404.html')).catch(() => 'not found').then(body => response.writeHead(404, { 'content-type': 'text/html; charset=utf-8' }).end(body))
    const other = extra.get(pathname)
    if (other) {
      request.url = `/${basename(other)}`
      return filesOf(dirname(other))(request, response, missing)
    }
    if (!pathname.startsWith(base)) return missing()
    request.url = `/${pathname.slice(base.length)}`
    // What a page names beside itself is found from below its folder's slash. A path whose escapes are broken is that of no file.
    if (!pathname.endsWith('/') && existsSync(join(resolve(folder), unescape(request.url), 'index.html'))) return response.writeHead(301, { location: `${pathname}/${search}` }).end()
    files(request, response, missing)
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
