import { join } from 'node:path'
import type { ResolvedSlidevOptions } from '@slidev/types'
import type { Plugin } from 'vite'

/** Set in the environment of a server that presents an edition beside the first: the edition's entry. */
export const BESIDE = 'DECK_BESIDE'
/** What a server tells `deck start` when it answers. */
export const LISTENING = 'deck:listening'
/** What windows tell of their steps (client/in-step.ts), and what they hear of those of other editions. */
const MOVED = 'deck:moved'

/** Passes what a window tells of its steps on to `deck start`, which has it told to the windows of the deck's other editions. */
export function editionsPlugin({ userRoot }: Pick<ResolvedSlidevOptions, 'userRoot'>): Plugin {
  const beside = process.env[BESIDE]
  return {
    name: 'deck:present-editions',
    apply: 'serve',
    // Two servers in one folder would write over what the other has bundled.
    config: () => beside ? { cacheDir: join(userRoot, 'node_modules/.vite-beside', beside) } : undefined,
    configureServer({ ws, httpServer }) {
      httpServer?.once('listening', () => process.send?.(LISTENING))
      ws.on(MOVED, (move: object) => process.send?.(move))
      const tell = (move: unknown) => ws.send(MOVED, move)
      process.on('message', tell)
      httpServer?.once('close', () => process.off('message', tell))
    },
  }
}
