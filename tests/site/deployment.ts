import { cp, glob, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import type { Page } from 'playwright-chromium'
import { expect } from 'vitest'
import type { DeckSlide } from 'slidev-addon-deck/deck'
import { writeServiceWorker } from 'slidev-addon-site/offline'
import { serveBuild, type Served } from 'slidev-addon-site/static-server'
import { editions, project } from '../helpers/deck.ts'

/** A host that builds are deployed to. */
export interface Host extends Served {
  folder: string
  /** Replaces the build by one of later sources: every text `from` is `to`, and every hashed file has another name. */
  deployLater: (from: string, to: string) => Promise<void>
  remove: () => Promise<void>
}

/** Serves a copy of a build. */
export async function createHost(build: string, base: string, slides: readonly DeckSlide[]): Promise<Host> {
  const temporary = await mkdtemp(join(tmpdir(), 'deck-host-'))
  const folder = join(temporary, 'served')
  await cp(build, folder, { recursive: true })
  const served = await serveBuild(folder, base)
  return {
    ...served,
    folder,
    remove: () => served.close().then(() => rm(temporary, { recursive: true, force: true })),
    async deployLater(from, to) {
      const next = join(temporary, 'next')
      await cp(folder, next, { recursive: true })
      await makeLater(next, from, to)
      for (const edition of editions) await writeServiceWorker(join(next, edition.folder), project, edition, slides)
      await rename(folder, join(temporary, 'old'))
      await rename(next, folder)
      await rm(join(temporary, 'old'), { recursive: true })
    },
  }
}

async function makeLater(folder: string, from: string, to: string): Promise<void> {
  const names = new Map<string, string>()
  for await (const file of glob('{,*/}assets/**/*.*', { cwd: folder })) {
    const name = basename(file)
    const renamed = name.replace(/(?=\.\w+$)/, '0')
    names.set(name, renamed)
    await rename(join(folder, file), join(folder, dirname(file), renamed))
  }
  let changed = 0
  for await (const file of glob('**/*.{html,js,css}', { cwd: folder })) {
    const old = await readFile(join(folder, file), 'utf8')
    if (old.includes(from)) changed++
    let text = old.replaceAll(from, to)
    for (const [name, renamed] of names) text = text.replaceAll(name, renamed)
    await writeFile(join(folder, file), text)
  }
  if (changed < 2) throw new Error(`${from} does not stand both in a page and in the app.`)
}

/** Waits until the page's newest worker has its files and the page; `builds` are then kept. */
export async function untilKept(page: Page, builds = 1): Promise<void> {
  await expect.poll(() => page.evaluate(async () => {
    const registration = await navigator.serviceWorker.getRegistration()
    if (!registration || registration.installing || registration.waiting || navigator.serviceWorker.controller?.state !== 'activated') return 0
    return (await caches.keys()).filter(name => name.startsWith(`deck ${registration.scope} `)).length
  }), { timeout: 60_000 }).toBe(builds)
}
