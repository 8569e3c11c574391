import autocannon from 'autocannon'
import { expect } from 'vitest'
import { startNginx } from './nginx.ts'
import { request } from './request.ts'
import { ASSET, createSite } from './site.ts'

/** Has nginx answer 200 connections for some seconds, and expects no error. */
export async function withstand(duration: number): Promise<void> {
  const site = await createSite()
  const nginx = await startNginx({ folder: site.folder })
  try {
    const headers = { 'accept-encoding': 'br' }
    const result = await autocannon({ url: nginx.origin, connections: 200, duration, requests: ['/', '/ebb/', `/${ASSET}`, '/en/', '/sw.js'].map(path => ({ path, headers })) })
    expect(result).toMatchObject({ errors: 0, timeouts: 0, non2xx: 0, mismatches: 0 })
    expect(result['2xx']).toBeGreaterThan(100 * duration)
    expect(nginx.log()).not.toMatch(/\[(?:warn|error|crit|alert|emerg)\]/)
    // It tells an error from a success.
    expect(await autocannon({ url: nginx.origin, connections: 2, duration: 1, requests: [{ path: '/nowhere' }] })).toMatchObject({ '2xx': 0, 'non2xx': expect.any(Number) as number })
  }
  finally {
    await nginx.stop()
    await site.remove()
  }
  await expect(request(nginx.origin)).rejects.toThrow(/ECONNREFUSED/)
}
