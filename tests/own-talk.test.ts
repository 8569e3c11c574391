import { spawn } from 'node:child_process'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { findChromium } from 'slidev-addon-deck/browser'
import { x } from 'tinyexec'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { connectBrowser } from './helpers/browser.ts'
import { root } from './helpers/deck.ts'
import { createProject } from './helpers/project.ts'
import { A, all, P, readPptx } from './pptx/read.ts'

/** The commands under a heading of the README, without their comments. */
async function commandsUnder(heading: string): Promise<string[]> {
  const [, section = ''] = (await readFile(join(root, 'README.md'), 'utf8')).split(`## ${heading}\n`)
  const [, block = ''] = /^```sh\n([^]*?)^```/m.exec(section) ?? []
  return block.split('\n').map(line => line.replace(/\s+#.*/, '')).filter(Boolean)
}

let project: Awaited<ReturnType<typeof createProject>>
beforeAll(async () => {
  project = await createProject()
})
afterAll(() => project?.remove())

it('what the README says makes a talk of one’s own: copied, presented, checked, built and exported', async () => {
  const [copy = '', start = '', rest = ''] = await commandsUnder('Make it your own talk')
  expect(copy).toMatch(/^cp -r examples\/small (\S+) && cd \1$/)
  const [, name = ''] = / (\S+) && /.exec(copy) ?? []
  const env = { ...process.env, CHROMIUM_PATH: await findChromium(), PATH: `${join(project.root, 'node_modules/.bin')}:${process.env['PATH']}` }
  const copied = await x('sh', ['-c', copy], { nodeOptions: { cwd: project.root, env } })
  expect(copied.exitCode, copied.stderr).toBe(0)
  const folder = join(project.root, name)

  // A port of its own: somebody may be presenting on this machine.
  expect(start).toBe('npx deck start')
  const presented = spawn('sh', ['-c', `exec ${start} --port 3998`], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'], detached: true })
  let said = ''
  for (const stream of [presented.stdout, presented.stderr]) stream.on('data', (chunk: Buffer) => said += chunk.toString())
  const browser = await connectBrowser()
  try {
    await expect.poll(() => said, { timeout: 60_000 }).toMatch(/shortcuts/)
    const page = await browser.newPage()
    const faults: string[] = []
    page.on('pageerror', error => faults.push(error.message))
    await page.goto('http://localhost:3998/')
    await page.locator('h1').first().waitFor()
    expect(faults).toEqual([])
  }
  finally {
    await browser.close()
    if (presented.pid) process.kill(-presented.pid, 'SIGTERM')
  }

  const made = await x('sh', ['-c', rest], { nodeOptions: { cwd: folder, env } })
  expect(made.exitCode, made.stdout + made.stderr).toBe(0)
  expect(await readdir(join(folder, 'dist'))).toEqual(expect.arrayContaining(['index.html', '404.html']))
  expect((await readdir(join(folder, 'export'))).sort()).toEqual(['dark.pdf', 'handout.pdf', 'html', 'pdf', 'pptx'].map(ending => `${name}.${ending}`))

  const pptx = await readPptx(await readFile(join(folder, 'export', `${name}.pptx`)))
  const slides = pptx.slides.map(part => pptx.parts.get(part)).filter(slide => slide !== undefined)
  const counted = (tag: string, space = P) => slides.map(slide => all(slide, space, tag).length)
  expect(counted('pic')).toEqual([0, 0, 1, 0, 1])
  expect(slides.flatMap(slide => all(slide, P, 'pic').map(picture => all(picture, P, 'cNvPr')[0]?.getAttribute('descr')))).toEqual([expect.stringContaining('loaf'), expect.stringContaining('const flour')])
  expect(counted('endCxn', A)).toEqual([0, 3, 0, 0, 0])
  expect(counted('buChar', A)).toEqual([0, 0, 0, 4, 0])
  expect(made.stderr).toContain('image on slide 3; code on slide 5')
}, 600_000)
