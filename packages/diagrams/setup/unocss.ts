import { defineUnoSetup } from '@slidev/types'

/** UnoCSS takes attributes for utilities: those of drawings mean what they mean in SVG. */
export default defineUnoSetup(() => ({ blocklist: [/^\[(?:font-size|fill|stroke|opacity|transform)/] }))
