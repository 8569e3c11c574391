import { basename, dirname } from 'node:path'
import { defineVitePluginsSetup } from '@slidev/types'
import { openProject } from '../src/project.ts'
import { fontsPlugin } from '../vite/fonts.ts'
import { talkPlugin } from '../vite/talk.ts'

/** The kit's addons from the bottom up, by their folders. Slidev finds them at the same time, in any order; styles and layers come in that of the list. */
const ORDER = ['deck', 'diagrams', 'present', 'site']
const own = dirname(dirname(import.meta.dirname))
const place = (root: string) => dirname(root) === own ? ORDER.indexOf(basename(root)) : -1

export default defineVitePluginsSetup(async (options) => {
  const kit = options.roots.filter(root => place(root) >= 0).sort((a, b) => place(a) - place(b))
  options.roots.splice(0, options.roots.length, ...options.roots.map(root => place(root) >= 0 ? kit.shift() ?? root : root))
  const project = await openProject(options.userRoot)
  return [talkPlugin(project, options), fontsPlugin(project, options)]
})
