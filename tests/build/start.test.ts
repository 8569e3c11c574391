import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer, connect, type AddressInfo } from 'node:net'
import { networkInterfaces } from 'node:os'
import { getRandomPort } from 'get-port-please'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { runHere } from '../helpers/command.ts'
import { readEdition, slideThat, source } from '../helpers/deck.ts'
import { createProject, DECK, type Running } from '../helpers/project.ts'

const READY = /shortcuts/

let project: Awaited<ReturnType<typeof createProject>>
beforeAll(async () => {
  project = await createProject()
}, 180_000)
afterAll(() => project.remove())

const running: Running[] = []
afterEach(async () => {
  for (const { process, finished } of running.splice(0)) {
    process.kill('SIGKILL')
    await finished
  }
})

function start(args: string[]): Running {
  const started = project.start('start', args)
  running.push(started)
  return started
}

const freePort = () => getRandomPort('127.0.0.1')

function answers(port: number, host: string): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect({ port, host, timeout: 2000 }, () => {
      socket.destroy()
      done(true)
    })
    socket.on('error', () => done(false)).on('timeout', () => {
      socket.destroy()
      done(false)
    })
  })
}

const answersLocally = async (port: number) => await answers(port, '127.0.0.1') || await answers(port, '::1')

/** An address by which others would reach this machine; it may have none. */
const outward = Object.values(networkInterfaces()).flat().find(address => address?.family === 'IPv4' && !address.internal)?.address

describe('deck start', () => {
  it('prints both addresses and serves the talk and the presenter view, to this machine only; ends with Slidev when it is told to', async () => {
    const port = await freePort()
    const { process, prints, finished } = start(['--port', String(port)])
    await prints(new RegExp(`http://localhost:${port}/[\\s\\S]*http://localhost:${port}/presenter/`))
    await prints(READY)
    const talk = await fetch(`http://localhost:${port}/`)
    expect(talk.status).toBe(200)
    expect(await talk.text()).toContain(`<html lang="${source.lang}">`)
    expect((await fetch(`http://localhost:${port}/presenter/1`, { headers: { accept: 'text/html' } })).status).toBe(200)
    if (outward) expect(await answers(port, outward)).toBe(false)
    process.kill('SIGTERM')
    expect((await finished).code).toBe(143)
    expect(await answersLocally(port)).toBe(false)
  })

  it('lets the network in with a password; takes Slidev along even when it is killed', async () => {
    const port = await freePort()
    const { process, prints } = start(['--port', String(port), '--remote', 'secret'])
    await prints(READY)
    if (outward) expect(await answers(port, outward)).toBe(true)
    expect(await answersLocally(port)).toBe(true)
    process.kill('SIGKILL')
    await expect.poll(() => answersLocally(port), { timeout: 60_000 }).toBe(false)
  })
})

it('ends when npm is told to end, which takes only its shell along', async () => {
  const port = await freePort()
  const shell = spawn('/bin/sh', ['-c', `"${process.execPath}" ${DECK} start --port ${port}; true`], { cwd: project.root, env: { PATH: '', npm_lifecycle_event: 'start' }, stdio: 'ignore' })
  await expect.poll(() => answersLocally(port), { timeout: 90_000 }).toBe(true)
  shell.kill('SIGTERM')
  await expect.poll(() => answersLocally(port), { timeout: 60_000 }).toBe(false)
})

it('names file and line of a fault, and presents all the same: somebody speaks tonight', async () => {
  const { file } = slideThat((await readEdition(source)).slides, ({ frontmatter }) => frontmatter['minutes'] !== undefined)
  const broken = await createProject({ [file]: old => old.replace(/^minutes: .*$/m, 'minutes: soon') })
  const running = broken.start('start', ['--port', String(await freePort())])
  await running.prints(READY)
  await running.prints(new RegExp(`^${file}:\\d+ {2}minutes-required {2}`, 'm'))
  running.process.kill('SIGKILL')
  await running.finished
  await broken.remove()
})

describe('deck start refuses', () => {
  it('a port in use, naming it and the way out', async () => {
    const server = createServer().listen({ port: 0, host: '127.0.0.1' })
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const { code, output } = await runHere('start', ['--port', String(port)])
    await once(server.close(), 'close')
    expect(code).toBe(1)
    expect(output.trim()).toBe(`Port ${port} is in use: stop what listens there, or choose another port with --port ${port + 1}.`)
  })

  it.each([
    [['--remote'], '--remote takes a password'],
    [['--remote', '--port', '4000'], '--remote takes a password'],
    [['--remote='], '--remote takes a password'],
    [['--prot', '3040'], 'Unknown option \'--prot\''],
    [['--port', 'http'], '--port takes a number from 1 to 65535, not "http".'],
    [['--port', '0'], '--port takes a number'],
    [['--edition', 'fr'], 'There is no edition "fr"'],
  ])('%j', async (args, message) => {
    const { code, output } = await runHere('start', args)
    expect(code).toBe(2)
    expect(output).toContain(message)
    expect(output).toContain('Usage: deck start')
  })
})
