type Check = (text: string) => boolean

const isFlag: Check = text => text === 'true' || text === 'false'
const oneOf = (...values: string[]): Check => text => values.includes(text)
const between = (least: number, most: number): Check => text => text.trim() !== '' && Number(text) >= least && Number(text) <= most

/** A JSON object whose values are of the same types as these; keys may be missing, since Slidev adds its defaults. */
function like(example: Readonly<Record<string, unknown>>): Check {
  return (text) => {
    try {
      const value: unknown = JSON.parse(text)
      return typeof value === 'object' && value !== null && !Array.isArray(value)
        && Object.entries(value).every(([key, each]) => typeof each === typeof example[key])
    }
    catch {
      return false
    }
  }
}

/** Settings of Slidev 53 that are on or off. */
const flags = [
  'wake-lock', 'hide-cursor-idle', 'skip-export-pdf-tip', 'presenter-cursor', 'show-editor', 'editor-vertical',
  'drawing-enabled', 'drawing-pinned', 'webcam-show',
]

/** What Slidev 53 keeps in a browser and what it makes of it; anything else makes it show half a slide, nothing, or a slide of another size. */
const checks: Readonly<Record<string, Check>> = {
  ...Object.fromEntries(flags.map(name => [`slidev-${name}`, isFlag])),
  'slidev-color-schema': oneOf('auto', 'light', 'dark'),
  'slidev-scale': oneOf('0', '1'),
  'slidev-export-capture-delay': between(0, 60_000),
  'slidev-cursor-style': oneOf('cursor', 'laser'),
  'slidev-editor-width': between(0, 20_000),
  'slidev-editor-height': between(0, 20_000),
  'slidev-presenter-font-size': between(0.5, 2),
  'slidev-presenter-layout': oneOf('1', '2', '3'),
  'slidev-presenter-main-slide-mode': oneOf('slides', 'mirror'),
  'slidev-presenter-notes-width': between(240, 720),
  'slidev-presenter-notes-row-size': between(160, 20_000),
  'slidev-notes-font-size': between(4, 200),
  'slidev-viewer-css-filter': like({ invert: false, contrast: 1, brightness: 1, hueRotate: 0, saturate: 1, sepia: 0 }),
  'slidev-sync-directions': like({ viewerSend: true, viewerReceive: true, presenterSend: true, presenterReceive: true }),
  'slidev-drawing-brush': text => like({ color: '', size: 0, mode: '', arrowEnd: true, cornerRadius: 0, dasharray: '', fill: '' })(text) && /"color"/.test(text) && /"size"/.test(text) && /"mode"/.test(text),
  'slidev-webcam-size': between(0, 20_000),
  'slidev-webcam-pos': like({ x: 0, y: 0 }),
  'slidev-record-framerate': between(1, 240),
  'slidev-record-bitrate': between(1, 1e9),
}

/** The settings that Slidev cannot use, of those a browser keeps: by another version, another deck or a hand. */
export function unusableSettings(stored: Iterable<readonly [key: string, text: string]>): string[] {
  return [...stored].filter(([key, text]) => Object.hasOwn(checks, key) && !checks[key]?.(text)).map(([key]) => key)
}
