/**
 * Unpacks the deck's script, when the file is read, and runs it. Runs in the page of the file (html.ts): it may use nothing from outside itself.
 * @param failed said where that cannot be done.
 */
export function unpack(failed: string): void {
  addEventListener('DOMContentLoaded', () => {
    void (async () => {
      try {
        const place = document.querySelector('#packed')
        const bytes = Uint8Array.from(atob(place?.textContent ?? ''), character => character.charCodeAt(0))
        const code = await new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))).text()
        place?.replaceWith(Object.assign(document.createElement('script'), { type: 'module', textContent: code }))
      }
      catch {
        document.body.textContent = failed
      }
    })()
  })
}
