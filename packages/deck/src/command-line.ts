import { constants } from 'node:os'
import { parseArgs, type ParseArgsConfig } from 'node:util'

/** A command line that asks for something there is not. */
export class UsageError extends Error {}

/**
 * Runs a script's main function with its options; ends the process with 2 for a wrong command line, with 1 for any other failure.
 * @param usage printed for --help and with a wrong command line.
 * @param given the command line's words.
 */
export async function runScript<T extends NonNullable<ParseArgsConfig['options']>>(
  usage: string,
  options: T,
  main: (values: ReturnType<typeof parseArgs<{ options: T }>>['values']) => Promise<number>,
  given = process.argv.slice(2),
): Promise<void> {
  if (given.some(argument => argument === '--help' || argument === '-h')) {
    console.log(usage)
    return
  }
  try {
    process.exitCode = await main(readOptions(options, given))
  }
  catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    const wrongUsage = error instanceof UsageError
    console.error(wrongUsage ? `${message}\n\n${usage}` : message)
    process.exitCode = wrongUsage ? 2 : 1
  }
}

/**
 * Keeps this process when it is told to end: its work ends when it sees the signal, and what is open is closed on the way out.
 * @returns the signal, and what the process is then to exit with.
 */
export function stopSignal(): { signal: AbortSignal, code: () => number } {
  const controller = new AbortController()
  let code = 1
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      code = 128 + constants.signals[signal]
      controller.abort(new Error(`Stopped by ${signal}.`))
    })
  }
  return { signal: controller.signal, code: () => code }
}

function readOptions<T extends NonNullable<ParseArgsConfig['options']>>(options: T, args: string[]) {
  try {
    return parseArgs({ options, args }).values
  }
  catch (error) {
    throw new UsageError(error instanceof Error ? error.message.split('. ')[0] : String(error))
  }
}
