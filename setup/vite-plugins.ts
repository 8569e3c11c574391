import { defineVitePluginsSetup } from '@slidev/types'
import { chunksPlugin } from './vite/chunks.ts'
import { editionsPlugin } from './vite/editions.ts'
import { featuresPlugin } from './vite/features.ts'
import { fontsPlugin } from './vite/fonts.ts'
import { patchesPlugin } from './vite/patches.ts'
import { presentPlugin } from './vite/present.ts'
import { talkPlugin } from './vite/talk.ts'
import { trimPlugin } from './vite/trim.ts'

export default defineVitePluginsSetup(options => [
  editionsPlugin(options),
  talkPlugin(options),
  fontsPlugin(options),
  patchesPlugin(options),
  trimPlugin(options),
  featuresPlugin(options),
  chunksPlugin(options),
  presentPlugin(),
])
