import { editions } from 'slidev-addon-deck/editions'

/** Who may show the deck in a frame; an embedding site is added here, see docs/hosting.md. */
export const FRAME_ANCESTORS = `'self'`

/** What the pages of a build hold inline, as CSP hash sources like `'sha256-…='`. */
export interface InlineSources {
  scripts: readonly string[]
  styles: readonly string[]
}

export type Header = readonly [name: string, value: string]

/** What slides never need. Full screen and keeping the screen awake are what a talk needs. */
const DENIED_FEATURES = [
  'accelerometer', 'camera', 'display-capture', 'encrypted-media', 'geolocation', 'gyroscope', 'hid', 'magnetometer',
  'microphone', 'midi', 'payment', 'publickey-credentials-get', 'serial', 'usb', 'xr-spatial-tracking',
]
const ALLOWED_FEATURES = ['fullscreen', 'screen-wake-lock']

/**
 * The headers every response has, whatever serves it.
 * @param frameAncestors sources of CSP's `frame-ancestors` (W3C CSP Level 3), separated by blanks.
 * @throws where a source is none.
 */
export function securityHeaders(sources: InlineSources, frameAncestors = FRAME_ANCESTORS): Header[] {
  assertFrameAncestors(frameAncestors)
  return [
    ['Content-Security-Policy', `${contentPolicy(sources)}; frame-ancestors ${frameAncestors}`],
    ['X-Content-Type-Options', 'nosniff'],
    ['Referrer-Policy', 'no-referrer'],
    ['Permissions-Policy', [...ALLOWED_FEATURES.map(feature => `${feature}=(self)`), ...DENIED_FEATURES.map(feature => `${feature}=()`)].join(', ')],
  ]
}

/**
 * What pages may load and run, as far as a page can say so itself (in a `<meta>`, where the host sends no headers).
 * @throws where a source is none, so that nothing `unsafe-…` and no second directive gets in.
 */
export function contentPolicy({ scripts, styles }: InlineSources): string {
  for (const hash of [...scripts, ...styles]) {
    if (!/^'sha256-[A-Za-z0-9+/]{43}='$/.test(hash)) throw new Error(`${hash} is no sha256 source of a Content-Security-Policy.`)
  }
  return [
    ['default-src', `'none'`],
    ['script-src', `'self'`, ...scripts],
    ['style-src', `'self'`, ...styles],
    ['img-src', `'self'`, 'data:'],
    ['font-src', `'self'`],
    ['connect-src', `'self'`],
    ['manifest-src', `'self'`],
    ['worker-src', `'self'`],
    ['base-uri', `'none'`],
    ['form-action', `'none'`],
  ].map(directive => directive.join(' ')).join('; ')
}

function assertFrameAncestors(sources: string): void {
  // Without its quotes a keyword would be the name of a host.
  const source = /^(?!self$|none$)(?:'self'|\*|https?:|(?:https?:\/\/)?(?:\*\.)?[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*(?::(?:\d+|\*))?)$/
  const wrong = sources === `'none'` ? undefined : sources.split(' ').find(each => !source.test(each))
  if (wrong !== undefined) throw new Error(`${JSON.stringify(wrong)} is no source of frame-ancestors: 'self', 'none' alone, or addresses like https://example.org, separated by one blank.`)
}

/** Cache-Control of files whose names change with their content, and of everything else: that is asked for anew each time, and answered with 304. */
export const CACHE_CONTROL = { hashed: 'public, max-age=31536000, immutable', other: 'no-cache' } as const

/** The folders of a build whose files change their names with their content, each with its closing slash. */
export const hashedFolders: readonly string[] = editions.map(({ folder }) => folder ? `${folder}/assets/` : 'assets/')

/** Whether a file's name holds a hash of its content, as Vite gives them. */
export const isHashedName = (path: string) => /-[\w-]{8}\.\w+$/.test(path)
