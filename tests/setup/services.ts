import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { chromium, type BrowserServer } from 'playwright-chromium'
import { ensureChromium, quietly } from 'slidev-addon-deck/browser'
import { x } from 'tinyexec'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    /**
     * Address of what suites share, each made when one of them first asks for it: post to `/browser` for the address of a
     * running Chromium, `[base, options]` to `/build` for the folder of the talk built so.
     */
    services: string
  }
}

const root = resolve(import.meta.dirname, '../..')

/** Starts what suites share: they run in processes of their own, a build takes a quarter of a minute and a browser a second. */
export default async function shareServices(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'deck-builds-'))
  const builds = new Map<string, Promise<string>>()
  let previous: Promise<unknown> = Promise.resolve()
  let browser: Promise<BrowserServer> | undefined

  /** Builds one after the other: a build keeps every core busy. */
  function build(order: string): Promise<string> {
    const [base, options] = JSON.parse(order) as [string, string[]]
    const served = join(folder, String(builds.size))
    const built = previous.then(async () => {
      const { exitCode, stdout, stderr } = await x(process.execPath, [join(root, 'packages/deck/bin/deck.mjs'), 'build', '--out', join(served, base), '--base', base, '--require-prerender', ...options], { nodeOptions: { cwd: root } })
      if (exitCode !== 0) throw new Error(stdout + stderr)
      return served
    })
    builds.set(order, built)
    previous = built.catch(() => undefined)
    return built
  }

  /** As slidev-addon-deck/browser starts one, but for several processes. */
  const launch = async () => chromium.launchServer(quietly({ executablePath: await ensureChromium() }))

  const answer = async (path: string | undefined, order: string) =>
    path === '/browser' ? (await (browser ??= launch())).wsEndpoint() : await (builds.get(order) ?? build(order))

  const server = createServer((request, response) => {
    void text(request).then(order => answer(request.url, order)).then(
      found => response.end(found),
      (error: unknown) => response.writeHead(500).end(error instanceof Error ? error.message : String(error)),
    )
  })
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  project.provide('services', `http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  return async () => {
    server.closeAllConnections()
    await new Promise(done => server.close(done))
    await (await browser?.catch(() => undefined))?.close()
    await previous
    await rm(folder, { recursive: true, force: true })
  }
}
