// Loaded into Slidev's process before Slidev: see run-slidev.ts.
import fs from 'node:fs'
import { registerHooks, syncBuiltinESMExports } from 'node:module'
import { normalised } from './normalised.ts'
import { isMended, mendModule } from './slidev-mends.ts'

// Whatever ends the script that started it, Slidev ends too.
process.on('disconnect', () => process.exit(1))
process.channel?.unref()

// With --remote Slidev asks servers abroad for this machine's public address: the deck contacts nobody.
const NO_PUBLIC_IP = 'data:text/javascript,export const publicIpv4 = async () => undefined'
registerHooks({
  resolve: (specifier, context, next) => specifier === 'public-ip' ? { url: NO_PUBLIC_IP, shortCircuit: true } : next(specifier, context),
  load(address, context, next) {
    const loaded = next(address, context)
    if (!isMended(address) || !loaded.source) return loaded
    const { text, missing } = mendModule(address, typeof loaded.source === 'string' ? loaded.source : Buffer.from(loaded.source as Uint8Array).toString(), new URL('.', import.meta.url).href)
    for (const each of missing) console.warn(`Slidev was updated, and a mend of slidev-addon-deck does not apply (packages/deck/src/slidev-mends.ts): ${each}`)
    return { ...loaded, source: text }
  },
})

// Every start and build writes the same modules into this folder and compiles them from there. Another that runs beside it
// may read one that has just been emptied to be written: here each is written whole, once. See docs/upstream.md.
const SHARED = /\/node_modules\/\.slidev\/virtual\/[^/]+$/
const write = fs.writeFileSync
fs.writeFileSync = (file, data, options) => {
  if (typeof file !== 'string' || !SHARED.test(file)) return write(file, data, options)
  if (fs.existsSync(file) && fs.readFileSync(file, 'utf8') === data) return
  const unfinished = `${file}.${process.pid}`
  write(unfinished, data, options)
  fs.renameSync(unfinished, file)
}

// Slidev would take what stands below a byte order mark for text, the deck's settings among it. Letters and accents that a
// Mac writes apart are one character, as fonts have them: the same as in load-deck.ts.
const { readFile } = fs.promises
fs.promises.readFile = (async (file: Parameters<typeof readFile>[0], options: Parameters<typeof readFile>[1]) => {
  const content = await readFile(file, options)
  return typeof content === 'string' && typeof file === 'string' && file.endsWith('.md') ? normalised(content) : content
}) as typeof readFile
syncBuiltinESMExports()
