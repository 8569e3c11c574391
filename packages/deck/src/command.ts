import { commandNames, loadCommand, type CommandName } from './parts.ts'

/** Runs `deck`: the command that its first word names, in a deck's folder. Sets the process's exit code. */
export async function main(root: string, [name = '--help', ...args]: string[]): Promise<void> {
  try {
    if (isCommand(name)) {
      const { run } = await loadCommand(name)
      return await run(root, args)
    }
    const usage = await usageOfAll()
    if (name === '--help' || name === '-h') return console.log(usage)
    console.error(`There is no command "${name}".\n\n${usage}`)
    process.exitCode = 2
  }
  catch (error) {
    console.error(error instanceof Error ? error.message : String(error))
    process.exitCode = 1
  }
}

const isCommand = (name: string): name is CommandName => commandNames.some(known => known === name)

async function usageOfAll(): Promise<string> {
  const lines = await Promise.all(commandNames.map(async name => `  ${name.padEnd(10)}${await loadCommand(name).then(({ summary }) => summary, (error: unknown) => error instanceof Error ? error.message : '')}`))
  return `Usage: deck COMMAND [options], in the folder of a deck

${lines.join('\n')}

deck COMMAND --help tells a command's options.`
}
