import { hostname } from 'node:os'
import type { ResolvedSlidevOptions } from '@slidev/types'
import type { Plugin } from 'vite'

/** Names that only a network of one's own gives out (RFC 6762, RFC 8375, and what home routers use): no host abroad can take one. */
const LOCAL_NAMES = ['.local', '.home.arpa', '.internal', '.lan', '.home']

/** Lets a phone reach this machine by its name, where the network is let in: Vite answers numbers and `localhost` alone, and all else with 403. */
export function ownNamesPlugin({ remote }: Pick<ResolvedSlidevOptions, 'remote'>): Plugin {
  const own = hostname()
  return {
    name: 'deck:own-names',
    apply: 'serve',
    config: () => remote === undefined ? undefined : { server: { allowedHosts: [...new Set([own, own.split('.')[0] ?? own]), ...LOCAL_NAMES] } },
  }
}
