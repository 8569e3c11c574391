import { defineVitePluginsSetup } from '@slidev/types'
import { fontsPlugin } from './vite/fonts.ts'
import { printPlugin } from './vite/print.ts'
import { talkPlugin } from './vite/talk.ts'
import { trimPlugin } from './vite/trim.ts'

export default defineVitePluginsSetup(options => [
  talkPlugin(options),
  fontsPlugin(options),
  trimPlugin(options),
  printPlugin(options),
])
