import { expect, it } from 'vitest'
import { unusableSettings } from './stored-settings.ts'

it.each<[string, string[], string[]]>([
  ['slidev-scale', ['0', '1'], ['9', 'NaN', '', '-1', '0.5']],
  ['slidev-presenter-layout', ['1', '3'], ['4', '0', 'wide']],
  ['slidev-presenter-main-slide-mode', ['slides', 'mirror'], ['slide', '"slides"']],
  ['slidev-color-schema', ['auto', 'dark'], ['black', '']],
  ['slidev-wake-lock', ['true', 'false'], ['yes', '1']],
  ['slidev-presenter-notes-width', ['360', '412.5'], ['1e9', 'Infinity', ' ', '0']],
  ['slidev-sync-directions', ['{}', '{"viewerSend":false}'], ['{', 'null', '[]', '"x"', '{"viewerSend":"no"}', '{"other":1}', '7']],
  ['slidev-viewer-css-filter', ['{"contrast":1.2}'], ['{"contrast":"1"}', '{"contrast":null}', 'undefined']],
  ['slidev-drawing-brush', ['{"color":"#fff","size":4,"mode":"stylus"}'], ['{}', 'null', '{"color":1,"size":4,"mode":"stylus"}']],
])('%s', (key, usable, unusable) => {
  expect(unusableSettings(usable.map(text => [key, text]))).toEqual([])
  for (const text of unusable) expect(unusableSettings([[key, text]]), text).toEqual([key])
})

it('leaves alone what it does not know', () => {
  expect(unusableSettings([['constructor', 'x'], ['slidev-camera', 'front'], ['vueuse', '{']])).toEqual([])
})
