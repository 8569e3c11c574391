import { useNav } from '@slidev/client'
import { showInfoDialog } from '@slidev/client/state/index.ts'
import { defineShortcutsSetup } from '@slidev/types'
import { talk } from 'virtual:talk'
import { curtain, setCurtain, toggleCurtain } from '../client/curtain.ts'
import { inTurn } from '../client/in-turn.ts'

export default defineShortcutsSetup(({ next, prev, nextSlide, prevSlide }, shortcuts) => {
  const { clicksContext, currentSlideNo, isPresenter, queryClicks } = useNav()
  // A slide that is reached backwards says more clicks than it has until it is there.
  const wrap = inTurn(() => clicksContext.value.isMounted && queryClicks.value <= clicksContext.value.total)
  /** Whether the talk is over for its audience: what follows is not spoken. One press more makes the screen black, as at the end of other slide shows. */
  function endsHere(): boolean {
    const [slide, after] = talk.slides.slice(currentSlideNo.value - 1)
    const isPresented = import.meta.env.DEV || isPresenter.value
    return isPresented && !curtain.value && !slide?.unspoken && after?.unspoken === true && clicksContext.value.current >= clicksContext.value.total
  }
  const steps: readonly unknown[] = [next, prev, nextSlide, prevSlide]
  return [
    ...shortcuts.map((shortcut) => {
      const { fn } = shortcut
      if (!fn || !steps.includes(fn)) return shortcut
      return { ...shortcut, fn: wrap(() => {
        if (fn === next && endsHere()) return setCurtain('black')
        setCurtain(undefined)
        return fn()
      }) }
    }),
    // As clickers send them.
    ...(['b', '.'] as const).map(key => ({ name: `black_screen_${key}`, key, fn: () => toggleCurtain('black') })),
    ...(['w', ','] as const).map(key => ({ name: `white_screen_${key}`, key, fn: () => toggleCurtain('white') })),
    // The switch itself (global-top.vue) knows where to go.
    { name: 'switch_language', key: 'l', fn: () => document.querySelector<HTMLElement>('.language-switch > :is(a, button)')?.click() },
    { name: 'show_keys', key: '?', fn: () => showInfoDialog.value = true },
  ]
})
