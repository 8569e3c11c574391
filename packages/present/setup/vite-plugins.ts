import { defineVitePluginsSetup } from '@slidev/types'
import { optimizePlugin } from '../vite/optimize.ts'
import { patchesPlugin } from '../vite/patches.ts'

export default defineVitePluginsSetup(options => [patchesPlugin(options), optimizePlugin(options)])
