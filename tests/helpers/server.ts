import { createReadStream, existsSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { dirname, extname, join, normalize } from 'node:path'

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2', '.json': 'application/json', '.txt': 'text/plain', '.png': 'image/png', '.pdf': 'application/pdf',
}

/** A folder served on a free loopback port. */
export interface Served {
  origin: string
  close: () => Promise<void>
}

/** The index page of the nearest folder above a path that has one. */
function indexAbove(folder: string, path: string): string {
  let at = path
  while (at !== dirname(at) && !existsSync(join(folder, at, 'index.html'))) at = dirname(at)
  return join(folder, at, 'index.html')
}

/** Serves a built deck as a static host with fallback pages does: files as they are, any other path the index page of its edition. */
export async function serve(folder: string): Promise<Served> {
  const server = createServer((request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url ?? '/', 'http://x').pathname))
    const file = join(folder, path)
    const found = existsSync(file) && statSync(file).isFile()
    if (!found && extname(path)) {
      response.writeHead(404).end()
      return
    }
    const send = found ? file : indexAbove(folder, path)
    response.writeHead(200, { 'content-type': types[extname(send)] ?? 'application/octet-stream' })
    createReadStream(send).pipe(response)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => new Promise((resolve, reject) => {
      server.closeAllConnections()
      server.close(error => error ? reject(error) : resolve())
    }),
  }
}
