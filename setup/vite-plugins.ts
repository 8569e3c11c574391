import { defineVitePluginsSetup } from '@slidev/types'
import { fontsPlugin } from './vite/fonts.ts'
import { presentPlugin } from './vite/present.ts'
import { printPlugin } from './vite/print.ts'
import { steadyPlugin } from './vite/steady.ts'
import { talkPlugin } from './vite/talk.ts'
import { trimPlugin } from './vite/trim.ts'

export default defineVitePluginsSetup(options => [
  // Nobody reads the list of compressed sizes that Vite prints: it costs time.
  { name: 'deck:quick', config: () => ({ build: { reportCompressedSize: false } }) },
  talkPlugin(options),
  fontsPlugin(options),
  steadyPlugin(options),
  trimPlugin(options),
  printPlugin(options),
  presentPlugin(),
])
