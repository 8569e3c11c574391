import { defineVitePluginsSetup } from '@slidev/types'
import { controlFontsPlugin } from '../vite/control-fonts.ts'
import { editionsPlugin } from '../vite/editions.ts'
import { optimizePlugin } from '../vite/optimize.ts'
import { ownNamesPlugin } from '../vite/own-names.ts'
import { patchesPlugin } from '../vite/patches.ts'

export default defineVitePluginsSetup(options => [patchesPlugin(options), optimizePlugin(options), ownNamesPlugin(options), controlFontsPlugin(options), editionsPlugin(options)])
