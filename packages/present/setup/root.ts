import { useNav } from '@slidev/client'
import { sharedState } from '@slidev/client/state/shared.ts'
import { addSyncMethod, disableBuiltinSync } from '@slidev/client/state/syncState.ts'
import { defineRootSetup } from '@slidev/types'
import { talk } from 'virtual:talk'
import { watch } from 'vue'
import { holdAddress } from '../client/held-address.ts'
import { keptTimer } from '../client/kept-timer.ts'
import { joinWindows } from '../client/second-window.ts'

const KEY = 'deck-timer'

/** Lets the address follow fast keys where it may, and keeps the presenter's timer with its window: Slidev's server forgets it when it is started again, a hosted deck when it is loaded again. */
export default defineRootSetup(() => {
  holdAddress(history)
  const { isPresenter, router } = useNav()
  if (talk.files) {
    disableBuiltinSync()
    addSyncMethod(joinWindows(window, () => isPresenter.value))
  }
  void router.isReady().then(() => {
    const kept = isPresenter.value ? keptTimer(sessionStorage.getItem(KEY)) : undefined
    if (kept && sharedState.timer.status === 'stopped') sharedState.timer = kept
    watch(() => sharedState.timer, (timer) => {
      if (isPresenter.value) sessionStorage.setItem(KEY, JSON.stringify(timer))
    }, { deep: true })
  })
})
