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
    process.exitCode = await main(parseArgs({ options, args: given }).values)
  }
  catch (error) {
    const isUnparsed = error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS_')
    const wrongUsage = isUnparsed || error instanceof UsageError
    const said = error instanceof Error ? error.message : String(error)
    // After the first sentence Node says how a word of that kind is passed.
    const message = isUnparsed ? said.split('. ')[0] : said
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
