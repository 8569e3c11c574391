import { loadCommand, type CommandName } from 'slidev-addon-deck/parts'
import { vi } from 'vitest'
import { root } from './deck.ts'

/** A command's exit code and words. */
export interface Ended {
  code: number
  output: string
}

/** Runs a command of `deck` in this process: for what it says without doing anything. */
export async function runHere(name: CommandName, args: string[], folder = root): Promise<Ended> {
  let output = ''
  const say = (...words: unknown[]) => output += `${words.join(' ')}\n`
  const spies = [vi.spyOn(console, 'log').mockImplementation(say), vi.spyOn(console, 'error').mockImplementation(say)]
  try {
    await (await loadCommand(name)).run(folder, args)
    return { code: Number(process.exitCode ?? 0), output }
  }
  finally {
    process.exitCode = undefined
    for (const spy of spies) spy.mockRestore()
  }
}
