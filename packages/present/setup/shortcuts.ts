import { showInfoDialog } from '@slidev/client/state/index.ts'
import { defineShortcutsSetup } from '@slidev/types'

export default defineShortcutsSetup((_nav, shortcuts) => [
  ...shortcuts,
  // The switch itself (global-top.vue) knows where to go.
  { name: 'switch_language', key: 'l', fn: () => document.querySelector<HTMLElement>('.language-switch > :is(a, button)')?.click() },
  { name: 'show_keys', key: '?', fn: () => showInfoDialog.value = true },
])
