import { defineVitePluginsSetup } from '@slidev/types'
import { openProject } from 'slidev-addon-deck/project'
import { ONE_FILE } from 'slidev-addon-deck/talk'
import { chunksPlugin } from '../vite/chunks.ts'
import { editionsPlugin } from '../vite/editions.ts'
import { featuresPlugin } from '../vite/features.ts'
import { oneFilePlugin } from '../vite/one-file.ts'
import { trimPlugin } from '../vite/trim.ts'

export default defineVitePluginsSetup(async options => [
  editionsPlugin(await openProject(options.userRoot), options),
  trimPlugin(options),
  featuresPlugin(options),
  process.env[ONE_FILE] ? oneFilePlugin(options) : chunksPlugin(options),
])
