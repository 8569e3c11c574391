import { defineVitePluginsSetup } from '@slidev/types'
import { optimizePlugin } from '../vite/optimize.ts'
import { ownNamesPlugin } from '../vite/own-names.ts'
import { patchesPlugin } from '../vite/patches.ts'

export default defineVitePluginsSetup(options => [patchesPlugin(options), optimizePlugin(options), ownNamesPlugin(options)])
