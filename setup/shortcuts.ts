import { defineShortcutsSetup } from '@slidev/types'

export default defineShortcutsSetup((_nav, shortcuts) => [
  ...shortcuts,
  // The switch itself (global-top.vue) knows where to go.
  { name: 'switch_language', key: 'l', fn: () => document.querySelector<HTMLElement>('.language-switch > :is(a, button)')?.click() },
])
