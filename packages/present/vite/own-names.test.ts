import { hostname } from 'node:os'
import { expect, it } from 'vitest'
import { ownNamesPlugin } from './own-names.ts'

const allowed = (remote: string | undefined) => {
  const { config } = ownNamesPlugin({ ...remote !== undefined && { remote } })
  return (config as () => { server: { allowedHosts: string[] } } | undefined)()?.server.allowedHosts
}

it('lets this machine be reached by its names, and only where the network is let in', () => {
  expect(allowed('secret')).toEqual(expect.arrayContaining([hostname(), '.local']))
  expect(allowed(undefined)).toBeUndefined()
})
