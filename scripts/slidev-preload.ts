// Loaded into Slidev's process before Slidev: see scripts/slidev.ts.
import { registerHooks } from 'node:module'

// Whatever ends the script that started it, Slidev ends too.
process.on('disconnect', () => process.exit(1))
process.channel?.unref()

// With --remote Slidev asks servers abroad for this machine's public address: the deck contacts nobody.
const NO_PUBLIC_IP = 'data:text/javascript,export const publicIpv4 = async () => undefined'
registerHooks({
  resolve: (specifier, context, next) => specifier === 'public-ip' ? { url: NO_PUBLIC_IP, shortCircuit: true } : next(specifier, context),
})
