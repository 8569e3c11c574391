// npm run export: see scripts/export/main.ts, which is loaded after the cache of compiled code is on, since that saves a tenth of its time.
import { enableCompileCache } from 'node:module'
import { join } from 'node:path'

enableCompileCache(join(import.meta.dirname, '../node_modules/.cache/node'))
await import('./export/main.ts')
