import type { ResolvedSlidevOptions } from '@slidev/types'
import { ONE_FILE } from 'slidev-addon-deck/talk'
import type { Plugin } from 'vite'

/**
 * Puts Slidev's print page (all slides one below the other, at `/print`) into every build, for `deck export` to print:
 * Slidev has it only where the headmatter's `download` is set, and then exports after the build, in its own way.
 * Gives each slide an address of its own, since each has a page: a deck's `routerMode` is for presenting.
 * A build that becomes one file has one address, with the slide behind its `#`, and prints nothing.
 * Leaves the presenter and the recorder out of a build without notes: it is for the public.
 */
export function featuresPlugin({ mode, utils, withoutNotes }: ResolvedSlidevOptions): Plugin {
  const isOneFile = Boolean(process.env[ONE_FILE])
  const features = {
    ...mode === 'build' && { __SLIDEV_FEATURE_PRINT__: String(!isOneFile), __SLIDEV_HASH_ROUTE__: String(isOneFile), __SLIDEV_MEMORY_ROUTE__: 'false' },
    ...isOneFile && { __SLIDEV_FEATURE_RECORD__: 'false' },
    ...withoutNotes && { __SLIDEV_FEATURE_PRESENTER__: 'false', __SLIDEV_FEATURE_RECORD__: 'false' },
  }
  return {
    name: 'deck:features',
    apply: 'build',
    enforce: 'pre',
    // Read by Slidev's own plugin when it is configured, after this one.
    config() {
      Object.assign(utils.define, features)
    },
    transform: {
      // In templates Slidev puts in what it read when it was started: before that the name is still there.
      order: 'pre',
      handler(code, id) {
        if (!/\.vue(?:$|\?)/.test(id)) return
        return Object.entries(features).reduce((text, [name, value]) => text.replaceAll(name, value), code)
      },
    },
  }
}
