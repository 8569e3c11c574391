import type { Patch } from './slidev-patches.ts'

/** Headings in docs/upstream.md. */
export type SteadyIssue = 'Clicks lost when a slide is edited' | 'Steps lost and doubled between windows' | 'Windows part when slides are added' | 'Windows part after a restart' | 'Settings that cannot be read' | 'Countdown below zero'

/** Every change for hard use, in the order of docs/upstream.md. */
export const patches: readonly Patch[] = [
  {
    issue: 'Steps lost and doubled between windows',
    file: 'setup/root.ts',
    find: "import { injectionClicksContext,",
    put: "import { Following } from '#present/client/following.ts'\nimport { injectionClicksContext,",
  },
  {
    issue: 'Steps lost and doubled between windows',
    file: 'setup/root.ts',
    find: '  initSharedState(`${slidesTitle} - shared`)\n',
    put: `  initSharedState(\`\${slidesTitle} - shared\`)
  const isLoadedAgain = performance.getEntriesByType('navigation')[0]?.type === 'reload'
  const following = new Following(isLoadedAgain && !/\\/presenter\\//.test(location.pathname))
  // A slide that is not there yet does not know its clicks; the address does.
  const clicksNow = () => clicksContext.value.isMounted ? clicksContext.value.current : +queryClicks.value
`,
  },
  {
    issue: 'Steps lost and doubled between windows',
    file: 'setup/root.ts',
    find: '  router.afterEach(updateSharedState)\n  watch(clicksContext, updateSharedState)\n',
    put: `  router.afterEach((to, from, failure) => {
    if (!failure && following.arrive(+currentSlideNo.value, clicksNow()))
      updateSharedState()
  })
  watch(clicksContext, () => following.leads && updateSharedState())
`,
  },
  {
    issue: 'Steps lost and doubled between windows',
    file: 'setup/root.ts',
    find: '    if ((+state.page === +currentSlideNo.value',
    put: '    if (!following.isNews(state.lastUpdate))\n      return\n    if ((+state.page === +currentSlideNo.value',
  },
  {
    issue: 'Steps lost and doubled between windows',
    file: 'setup/root.ts',
    find: '    router.replace({\n',
    put: '    following.follow(+state.page, +state.clicks || 0)\n    router.replace({\n',
  },
  {
    issue: 'Windows part after a restart',
    file: 'setup/root.ts',
    find: '    currentSlideNo,\n    hasPrimarySlide,\n',
    put: '    currentSlideNo,\n    hasPrimarySlide,\n    queryClicks,\n',
  },
  {
    issue: 'Windows part after a restart',
    file: 'setup/root.ts',
    find: "patch('clicks', clicksContext.value.current)",
    put: "patch('clicks', clicksNow())",
  },
  {
    issue: 'Windows part after a restart',
    file: 'setup/root.ts',
    find: "import { initSharedState, onPatch, patch } from '../state/shared'",
    put: "import { initSharedState, onPatch, patch, sharedState } from '../state/shared'",
  },
  {
    issue: 'Windows part after a restart',
    file: 'setup/root.ts',
    find: '  onPatch((state) => {\n',
    put: '  const receive = (state) => {\n',
  },
  {
    issue: 'Windows part after a restart',
    file: 'setup/root.ts',
    find: '    // }\n  })\n}',
    put: `    // }
  }
  onPatch(receive)
  // Whoever was loaded again asks where the talk is: what was told while it loaded, it did not hear.
  import.meta.hot?.on('deck:arrived', () => isPresenter.value && updateSharedState())
  if (isLoadedAgain)
    router.isReady().then(() => import.meta.hot?.send('deck:arrived'))
}`,
  },
  {
    issue: 'Windows part when slides are added',
    file: 'setup/root.ts',
    find: "  const id = `${location.origin}_${makeId()}`",
    put: `  if (import.meta.hot) {
    let there
    let exchanged
    import.meta.hot.on('vite:beforeUpdate', ({ updates }) => {
      if (!updates.some(({ path }) => /__slidev_|@slidev\\/slides/.test(path)))
        return
      clearTimeout(exchanged)
      following.pause()
      there ??= { no: router.currentRoute.value.params.no, clicks: queryClicks.value }
    })
    // A slide that took another's place for a moment has cut the clicks to its own.
    const restore = () => {
      if (router.currentRoute.value.params.no === there.no && queryClicks.value < there.clicks)
        queryClicks.value = there.clicks
    }
    const goOn = () => {
      there = undefined
      following.resume()
      following.follow(+currentSlideNo.value, clicksNow())
      // The presenter's window says where the talk is; what it said meanwhile is taken now.
      if (isPresenter.value)
        updateSharedState()
      else
        receive(sharedState)
    }
    import.meta.hot.on('vite:afterUpdate', () => {
      if (!there)
        return
      clearTimeout(exchanged)
      exchanged = setTimeout(() => {
        restore()
        exchanged = setTimeout(goOn, 100)
      }, 500)
    })
  }
  const id = \`\${location.origin}_\${makeId()}\``,
  },
  {
    issue: 'Clicks lost when a slide is edited',
    file: 'composables/useClicks.ts',
    find: '    setup() {\n      onMounted(() => {\n',
    put: `    setup() {
      const own = {}
      if (import.meta.hot) {
        latest = own
        isMounted.value = false
        relativeSizeMap = new Map()
        maxMap = new Map()
      }
      onMounted(() => {
`,
  },
  {
    issue: 'Clicks lost when a slide is edited',
    file: 'composables/useClicks.ts',
    find: '      onUnmounted(() => {\n',
    put: `      onUnmounted(() => {
        // Vue calls this for the old slide when the new one has told its clicks.
        if (import.meta.hot && latest !== own)
          return
`,
  },
  {
    issue: 'Clicks lost when a slide is edited',
    file: 'composables/useClicks.ts',
    find: '  const isMounted = ref(false)\n',
    put: '  const isMounted = ref(false)\n  let latest\n',
  },
  {
    issue: 'Settings that cannot be read',
    file: 'main.ts',
    find: "import { createApp } from 'vue'",
    put: "import '#present/client/clear-settings.ts'\nimport { createApp } from 'vue'",
  },
  {
    issue: 'Countdown below zero',
    file: 'composables/useTimer.ts',
    find: "    const total = mode.value === 'countdown'\n      ? duration.value * 1000 - passedMs.value\n      : passedMs.value\n",
    put: "    const left = mode.value === 'countdown'\n      ? duration.value * 1000 - passedMs.value\n      : passedMs.value\n    const total = Math.abs(left)\n    const sign = left < 0 ? '-' : ''\n",
  },
  {
    issue: 'Countdown below zero',
    file: 'composables/useTimer.ts',
    find: "    if (h === '0')\n      h = ''\n    let min = Math.floor(total / 1000 / 60 % 60).toString()\n    if (h)\n      min = min.padStart(2, '0')\n",
    put: "    h = h === '0' ? '' : sign + h\n    let min = Math.floor(total / 1000 / 60 % 60).toString()\n    min = h ? min.padStart(2, '0') : sign + min\n",
  },
]
