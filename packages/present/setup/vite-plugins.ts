import { defineVitePluginsSetup } from '@slidev/types'
import { chunksPlugin } from 'slidev-addon-site/chunks'
import { editionsPlugin } from 'slidev-addon-site/editions'
import { featuresPlugin } from 'slidev-addon-site/features'
import { fontsPlugin } from 'slidev-addon-deck/fonts'
import { patchesPlugin } from '../vite/patches.ts'
import { presentPlugin } from '../vite/optimize.ts'
import { talkPlugin } from 'slidev-addon-deck/talk'
import { trimPlugin } from 'slidev-addon-site/trim'

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
