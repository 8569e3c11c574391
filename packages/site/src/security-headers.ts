import type { Editions } from 'slidev-addon-deck/editions'

export type Header = readonly [name: string, value: string]

/** What slides never need. Full screen and keeping the screen awake are what a talk needs. */
const DENIED_FEATURES = [
  'accelerometer', 'camera', 'display-capture', 'encrypted-media', 'geolocation', 'gyroscope', 'hid', 'magnetometer',
  'microphone', 'midi', 'payment', 'publickey-credentials-get', 'serial', 'usb', 'xr-spatial-tracking',
]
const ALLOWED_FEATURES = ['fullscreen', 'screen-wake-lock']

/**
 * The headers every response should have, whatever serves it: the same for every build. What its pages may load and run each
 * page says itself (policy.ts); only who may show it in a frame it cannot.
 * `_headers` of a build is written from them; nginx.conf of this package, and a deck's vercel.json, repeat them.
 */
export const securityHeaders: readonly Header[] = [
  ['Content-Security-Policy', `frame-ancestors 'self'`],
  ['X-Content-Type-Options', 'nosniff'],
  ['Referrer-Policy', 'no-referrer'],
  ['Permissions-Policy', [...ALLOWED_FEATURES.map(feature => `${feature}=(self)`), ...DENIED_FEATURES.map(feature => `${feature}=()`)].join(', ')],
]

/** Cache-Control of files whose names change with their content, and of everything else: that is asked for anew each time, and answered with 304. */
export const CACHE_CONTROL = { hashed: 'public, max-age=31536000, immutable', other: 'no-cache' } as const

/**
 * A build's `_headers`, which Netlify and Cloudflare Pages read. Only one rule sets Cache-Control: neither host says which of two
 * would win, and with what no rule matches both send `public, max-age=0, must-revalidate`, which says what `no-cache` says.
 * @param base address of the build, with a slash at both ends.
 */
export function headersFile(base: string, editions: Editions): string {
  const rule = (path: string, headers: readonly Header[]) => [base + path, ...headers.map(([name, value]) => `  ${name}: ${value}`), ''].join('\n')
  return [rule('*', securityHeaders), ...editions.map(({ folder }) => rule(`${folder && `${folder}/`}assets/*`, [['Cache-Control', CACHE_CONTROL.hashed]]))].join('\n')
}
