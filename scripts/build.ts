// npm run build: see scripts/site/main.ts, which is loaded after the cache of compiled code is on.
import { enableCompileCache } from 'node:module'
import { join } from 'node:path'

enableCompileCache(join(import.meta.dirname, '../node_modules/.cache/node'))
await import('./site/main.ts')
