/** The edition's `@font-face` rules: made by setup/vite/fonts.ts. */
declare module 'virtual:deck-fonts.css'
