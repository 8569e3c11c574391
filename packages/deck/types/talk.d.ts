import type { Talk } from '../src/talk.ts'

/** The edition being shown, read from its slides: `virtual:talk`, made by setup/vite/talk.ts. */
export declare const talk: Talk
