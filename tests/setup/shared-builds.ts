import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { promisify } from 'node:util'
import type { TestProject } from 'vitest/node'
import { root } from 'slidev-addon-deck/run-slidev'

declare module 'vitest' {
  interface ProvidedContext {
    /** Address to post `[base, options]` to: answers with the folder of the deck built so. */
    builder: string
  }
}

/**
 * Builds the deck for the suites that look at it, once for each base and set of options that any of them asks for:
 * suites run in processes of their own, and a build takes a quarter of a minute.
 */
export default async function shareBuilds(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'deck-builds-'))
  const builds = new Map<string, Promise<string>>()
  let previous: Promise<unknown> = Promise.resolve()

  function build(order: string): Promise<string> {
    const [base, options] = JSON.parse(order) as [string, string[]]
    const served = join(folder, String(builds.size))
    // One after the other: a build keeps every core busy.
    const built = previous
      .then(() => promisify(execFile)(process.execPath, [join(root, 'scripts/build.ts'), '--out', join(served, base), '--base', base, '--require-prerender', ...options], { cwd: root }))
      .then(() => served)
    builds.set(order, built)
    previous = built.catch(() => undefined)
    return built
  }

  const server = createServer((request, response) => {
    void text(request).then(order => builds.get(order) ?? build(order)).then(
      served => response.end(served),
      (error: unknown) => response.writeHead(500).end(String(error)),
    )
  })
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  project.provide('builder', `http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  return async () => {
    server.closeAllConnections()
    await new Promise(done => server.close(done))
    await rm(folder, { recursive: true, force: true })
  }
}
