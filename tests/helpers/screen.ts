import { spawn, type ChildProcess } from 'node:child_process'

/**
 * Starts a screen that nobody sees.
 * @param program where Xvfb is.
 * @returns its process, and what a program takes as DISPLAY, as soon as it is there; that fails where it does not start.
 */
export function startScreen(program: string, size: `${number}x${number}`): { screen: ChildProcess, display: Promise<string> } {
  const screen = spawn(program, ['-displayfd', '3', '-screen', '0', `${size}x24`, '-nolisten', 'tcp'], { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] })
  const display = new Promise<string>((done, fail) => {
    screen.stdio[3]?.once('data', (text: Buffer) => done(`:${text.toString().trim()}`))
    screen.once('error', fail)
    screen.once('exit', code => fail(new Error(`Xvfb ended with ${code}.`)))
  })
  // Nobody may ask for it.
  display.catch(() => undefined)
  return { screen, display }
}
