import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { Watchdog } from './watchdog.ts'

const script = (work: string) => `
import { Watchdog } from ${JSON.stringify(new URL('watchdog.ts', import.meta.url).href)}
const watchdog = new Watchdog(500)
${work}
console.log('done')
await watchdog.close()`

const run = (work: string) => promisify(execFile)(process.execPath, ['--input-type=module-typescript', '--eval', script(work)])

it('ends a process that hangs on an input, and shows the input', async () => {
  await expect(run(`watchdog.watch('an input of ages', () => { for (;;); })`)).rejects.toMatchObject({ signal: 'SIGKILL', stderr: expect.stringMatching(/^Hang: .*0\.5 s:\nan input of ages\n$/) as string })
  await expect(run(`await watchdog.watchAsync('a promise for ages', () => new Promise(() => setInterval(() => {}, 100)))`)).rejects.toMatchObject({ stderr: expect.stringContaining('a promise for ages') as string })
})

it('leaves alone what comes to an end, and the time between inputs', async () => {
  const { stdout } = await run(`for (let i = 0; i < 3; i++) watchdog.watch('x', () => i)
await new Promise(done => setTimeout(done, 1500))`)
  expect(stdout).toBe('done\n')
  const watchdog = new Watchdog()
  expect(() => watchdog.watch('x', () => {
    throw new Error('as thrown')
  })).toThrow('as thrown')
  await watchdog.close()
})
