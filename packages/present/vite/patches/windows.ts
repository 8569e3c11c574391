import type { Changes } from '../mend.ts'

/** Every patch for hard use, by its section in docs/upstream.md. */
export const windows: Readonly<Record<string, Changes>> = {
  'Steps lost and doubled between windows': {
    'setup/root.ts': [
      ["import { injectionClicksContext,", "import { keepInStep } from '#present/client/in-step.ts'\nimport { injectionClicksContext,"],
      ["patch('clicks', clicksContext.value.current)", "patch('clicks', windows.clicks())"],
      ['  router.afterEach(updateSharedState)\n  watch(clicksContext, updateSharedState)\n', '  const windows = keepInStep(updateSharedState)\n'],
      ['  onPatch((state) => {\n', '  onPatch(windows.receive = (state) => {\n'],
      ['    if ((+state.page === +currentSlideNo.value', '    if (!windows.isNews(state.lastUpdate))\n      return\n    if ((+state.page === +currentSlideNo.value'],
      ['    router.replace({\n', '    windows.follow(+state.page, +state.clicks || 0)\n    router.replace({\n'],
    ],
  },
  'No second window from disk': {
    'composables/useNav.ts': [
      ["import { createClicksContextBase } from './useClicks'", "import { openPresenter } from '#present/client/second-window.ts'\nimport { createClicksContextBase } from './useClicks'"],
      ['  function enterPresenter() {\n', '  function enterPresenter() {\n    if (router && openPresenter(router.resolve({ path: getSlidePath(currentSlideNo.value, true), query: router.currentRoute.value.query }).href))\n      return\n'],
    ],
    // A page opened from a disk has no host, and all its windows are the speaker's: each may lead.
    'setup/root.ts': [["!TRUST_ORIGINS.includes(location.host.split(':')[0])", "![...TRUST_ORIGINS, ''].includes(location.host.split(':')[0])"]],
  },
  'Clicks lost when a slide is edited': {
    'composables/useClicks.ts': [
      ["import { clamp, sum } from '@antfu/utils'", "import { takeOver } from '#present/client/exchange.ts'\nimport { clamp, sum } from '@antfu/utils'"],
      ['    setup() {\n', '    setup() {\n      const isReplaced = takeOver(context, () => [isMounted.value, relativeSizeMap, maxMap] = [false, new Map(), new Map()])\n'],
      ['      onUnmounted(() => {\n', '      onUnmounted(() => {\n        if (isReplaced())\n          return\n'],
    ],
  },
  'Password lost on the way to the presenter view': {
    'pages/entry.vue': ['/', '/presenter', '/notes', '/overview'].map(path => [`<RouterLink to="${path}"`, `<RouterLink :to="{ path: '${path}', query: $route.query }"`] as const),
  },
  'Links to files, and out of the presenter view': {
    'builtin/Link.vue': [
      ["import { useNav } from '../composables/useNav'", "import { followLink } from '#present/client/link.ts'\nimport { useNav } from '../composables/useNav'"],
      ['defineProps<{', 'const props = defineProps<{'],
      ['const { isPrintMode } = useNav()', 'const { isPrintMode } = useNav()\nconst { file, path, place } = followLink(() => props.to)'],
      ['<RouterLink v-if="!isPrintMode && title" :to="String(to)"', '<a v-if="file !== undefined" :href="file || undefined" target="_blank"><span v-if="title" v-html="title" /><slot v-else /></a>\n  <RouterLink v-else-if="!isPrintMode && title" :to="path"'],
      ['<RouterLink v-else-if="!isPrintMode && !title" :to="String(to)"', '<RouterLink v-else-if="!isPrintMode && !title" :to="path"'],
      [':href="`#${to}`"', ':href="`#${place}`"', 2],
    ],
  },
  'Notes that do not follow the clicks': {
    'internals/NoteStatic.vue': [[':clicks-context="clicksContext"\n', ':clicks-context="clicksContext"\n    auto-scroll\n']],
  },
  'Settings that cannot be read': { 'main.ts': [["import { createApp } from 'vue'", "import '#present/client/clear-settings.ts'\nimport { createApp } from 'vue'"]] },
  'Screen not kept awake': {
    'composables/useWakeLock.ts': [
      ["import { watch } from 'vue'", "import { lenientNavigator } from '#present/client/wake-lock.ts'\nimport { watch } from 'vue'"],
      ['useVueUseWakeLock()', 'useVueUseWakeLock({ navigator: lenientNavigator })'],
    ],
  },
  'Countdown below zero': {
    'composables/useTimer.ts': [
      ["import { configs } from '../env'", "import { timerParts } from '#present/client/timer-parts.ts'\nimport { configs } from '../env'"],
      ['      h,\n      m: min,\n      s: sec,\n      ms,\n', '      ...timerParts(total),\n'],
    ],
  },
}
