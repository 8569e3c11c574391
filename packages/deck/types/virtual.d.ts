/** The edition's `@font-face` rules: made by setup/vite/fonts.ts. */
declare module 'virtual:deck-fonts.css'
/** The face of what stands around the slides: made by vite/control-fonts.ts of slidev-addon-present. */
declare module 'virtual:deck-control-fonts.css'
