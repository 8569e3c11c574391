import { builtinModules } from 'node:module'
import options from './imports.options.mjs'

// What runs in the browser imports nothing of Node's: checked by npm run lint.
const CLIENT = '^(?:components|layouts)/|^packages/[^/]+/(?:client|components|[^/]+\\.vue$|setup/(?:main|root|shortcuts)\\.ts$)'

export default {
  forbidden: [
    { name: 'no-node-in-the-browser', severity: 'error', from: { path: CLIENT, pathNot: '\\.test\\.ts$' }, to: { path: `^(?:node:)?(?:${builtinModules.join('|')})$`, reachable: true } },
  ],
  // Types are gone by then.
  options: { ...options, tsPreCompilationDeps: false },
}
