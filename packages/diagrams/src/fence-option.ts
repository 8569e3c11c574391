/** An option of Slidev's on a fence, as `scale` in ```` ```mermaid {theme: 'neutral', scale: 0.8} ````. */
export function optionOf(info: string, name: string): string | undefined {
  const [, , quoted, bare] = new RegExp(`[{,]\\s*${name}\\s*:\\s*(?:(['"\`])(.*?)\\1|([\\d.]+))`).exec(info) ?? []
  return quoted ?? bare
}
