import { basename, join } from 'node:path'
import type { ResolvedSlidevOptions } from '@slidev/types'
import type { Plugin } from 'vite'

/** What a server tells `deck start` when it answers. */
export const LISTENING = 'deck:listening'
/** What windows tell of their steps (client/in-step.ts), and what they hear of those of other editions. */
const MOVED = 'deck:moved'

/** Passes what a window tells of its steps on to `deck start`, which has it told to the windows of the deck's other editions. */
export function editionsPlugin({ entry, userRoot }: Pick<ResolvedSlidevOptions, 'entry' | 'userRoot'>): Plugin {
  return {
    name: 'deck:present-editions',
    apply: 'serve',
    // Slidev has all decks that share an installation share one folder: a server would write over what another has bundled,
    // whose windows then show an error in place of the next slide that they load.
    config: () => ({ cacheDir: join(userRoot, 'node_modules/.vite', basename(entry)) }),
    configureServer({ ws, httpServer }) {
      httpServer?.once('listening', () => process.send?.(LISTENING))
      ws.on(MOVED, (move: object) => process.send?.(move))
      const tell = (move: unknown) => ws.send(MOVED, move)
      process.on('message', tell)
      httpServer?.once('close', () => process.off('message', tell))
    },
  }
}
