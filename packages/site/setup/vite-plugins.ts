import { defineVitePluginsSetup } from '@slidev/types'
import { openProject } from 'slidev-addon-deck/project'
import { chunksPlugin } from '../vite/chunks.ts'
import { editionsPlugin } from '../vite/editions.ts'
import { featuresPlugin } from '../vite/features.ts'
import { trimPlugin } from '../vite/trim.ts'

export default defineVitePluginsSetup(async options => [
  editionsPlugin(await openProject(options.userRoot), options),
  trimPlugin(options),
  featuresPlugin(options),
  chunksPlugin(options),
])
