import { talk } from 'virtual:talk'
import { watch, type Ref } from 'vue'
import { slideName } from './spoken.ts'

/** What a slide's button in the overview is called. */
export const choiceName = (no: number): string => slideName(talk, no)

/** In the overview the focus follows the arrow keys; it starts at the slide being shown. */
export function followChoice(isOpen: Ref<boolean>, choice: Ref<number>): void {
  watch([isOpen, choice], () => {
    if (isOpen.value) document.getElementById(`slidev-overview-${choice.value}`)?.focus()
  }, { flush: 'post' })
}
