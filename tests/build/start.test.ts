import { spawn } from 'node:child_process'
import { createServer, connect, type AddressInfo, type Server } from 'node:net'
import { networkInterfaces } from 'node:os'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createProject, type Running } from '../helpers/project.ts'

const READY = /shortcuts/

let project: Awaited<ReturnType<typeof createProject>>
beforeAll(async () => {
  project = await createProject()
}, 60_000)
afterAll(() => project.remove())

const running: Running[] = []
afterEach(async () => {
  for (const { process, finished } of running.splice(0)) {
    process.kill('SIGKILL')
    await finished
  }
})

function start(args: string[]): Running {
  const started = project.start('start.ts', args)
  running.push(started)
  return started
}

function listen(): Promise<Server> {
  return new Promise((done) => {
    const server = createServer().listen({ port: 0, host: '127.0.0.1' }, () => done(server))
  })
}

const portOf = (server: Server) => (server.address() as AddressInfo).port

async function freePort(): Promise<number> {
  const server = await listen()
  const port = portOf(server)
  await new Promise(done => server.close(done))
  return port
}

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

describe('npm start', () => {
  it('serves the talk and the presenter view, to this machine only', async () => {
    const port = await freePort()
    const { prints } = start(['--port', String(port)])
    await prints(READY)
    const talk = await fetch(`http://localhost:${port}/`)
    expect(talk.status).toBe(200)
    expect(await talk.text()).toContain('<html lang="zh-CN">')
    expect((await fetch(`http://localhost:${port}/presenter/1`, { headers: { accept: 'text/html' } })).status).toBe(200)
    if (outward) expect(await answers(port, outward)).toBe(false)
  })

  it('prints both addresses', async () => {
    const port = await freePort()
    const { prints } = start(['--port', String(port)])
    await prints(new RegExp(`http://localhost:${port}/[\\s\\S]*http://localhost:${port}/presenter/`))
  })

  it.runIf(outward)('lets the network in with a password', async () => {
    const port = await freePort()
    const { prints } = start(['--port', String(port), '--remote', 'secret'])
    await prints(READY)
    expect(await answers(port, outward ?? '')).toBe(true)
  })

  it('ends with Slidev when it is told to, and frees the port', async () => {
    const port = await freePort()
    const { process, prints, finished } = start(['--port', String(port)])
    await prints(READY)
    process.kill('SIGTERM')
    expect((await finished).code).toBe(143)
    expect(await answersLocally(port)).toBe(false)
  })

  it('takes Slidev along even when it is killed', async () => {
    const port = await freePort()
    const { process, prints } = start(['--port', String(port)])
    await prints(READY)
    expect(await answersLocally(port)).toBe(true)
    process.kill('SIGKILL')
    await expect.poll(() => answersLocally(port), { timeout: 10_000 }).toBe(false)
  })
})

it('ends when npm is told to end, which takes only its shell along', async () => {
  const port = await freePort()
  const shell = spawn('/bin/sh', ['-c', `"${process.execPath}" scripts/start.ts --port ${port}; true`], { cwd: project.root, env: { PATH: '', npm_lifecycle_event: 'start' }, stdio: 'ignore' })
  await expect.poll(() => answersLocally(port), { timeout: 30_000 }).toBe(true)
  shell.kill('SIGTERM')
  await expect.poll(() => answersLocally(port), { timeout: 10_000 }).toBe(false)
})

describe('npm start refuses', () => {
  it('a port in use, naming it and the way out', async () => {
    const server = await listen()
    const port = portOf(server)
    const { code, output } = await project.run('start.ts', ['--port', String(port)])
    await new Promise(done => server.close(done))
    expect(code).toBe(1)
    expect(output.trim()).toBe(`Port ${port} is in use: stop what listens there, or choose another port with --port ${port + 1}.`)
  })

  it.each([[['--remote']], [['--remote', '--port', '4000']], [['--remote=']]])('%j: remote control without a password', async (args) => {
    const { code, output } = await project.run('start.ts', args)
    expect(code).toBe(2)
    expect(output).toMatch(/^--remote takes a password/)
  })

  it.each([
    [['--prot', '3040'], 'Unknown option \'--prot\''],
    [['--port', 'http'], '--port takes a number from 1 to 65535, not "http".'],
    [['--port', '0'], '--port takes a number'],
    [['--edition', 'fr'], 'There is no edition "fr".'],
  ])('%j', async (args, message) => {
    const { code, output } = await project.run('start.ts', args)
    expect(code).toBe(2)
    expect(output).toContain(message)
    expect(output).toContain('Usage: npm start')
  })

  it('a deck with an error, naming file and line', async () => {
    const broken = await createProject({ 'pages/zh/10-traffic.md': old => old.replace('kind="takeaway"', 'kind="warning"') })
    const { code, output } = await broken.run('start.ts')
    await broken.remove()
    expect(code).toBe(1)
    expect(output).toMatch(/^pages\/zh\/10-traffic\.md:\d+ {2}\S+ {2}.*warning/)
    expect(output).not.toContain('localhost')
  })
})
