import { spawn, type ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import { root } from 'slidev-addon-deck/run-slidev'

export interface Ended {
  code: number | null
  output: string
}

/** Starts `npm run export` with options. */
export function startExport(args: readonly string[], env: NodeJS.ProcessEnv = process.env): { process: ChildProcess, ended: Promise<Ended> } {
  const child = spawn(process.execPath, [join(root, 'scripts/export.ts'), ...args], { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => output += chunk.toString())
  return {
    process: child,
    ended: new Promise((done, fail) => {
      child.on('error', fail)
      child.on('close', code => done({ code, output }))
    }),
  }
}

export const runExport = (args: readonly string[], env?: NodeJS.ProcessEnv): Promise<Ended> => startExport(args, env).ended
