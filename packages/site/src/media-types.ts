/** Media type of each kind of file a build may hold, by the ending of its name. */
export const mediaTypes = {
  html: 'text/html', css: 'text/css', js: 'text/javascript', json: 'application/json', webmanifest: 'application/manifest+json', txt: 'text/plain', xml: 'text/xml',
  svg: 'image/svg+xml', png: 'image/png', ico: 'image/x-icon', woff2: 'font/woff2', pdf: 'application/pdf',
} as const
export type FileEnding = keyof typeof mediaTypes

/** Those that are text: sent as UTF-8 and worth compressing. */
export const textEndings = ['html', 'css', 'js', 'json', 'webmanifest', 'txt', 'xml', 'svg'] as const satisfies readonly FileEnding[]
