import { sharedState } from '@slidev/client/state/shared.ts'
import { computed } from 'vue'

/** What hides the slides from the audience, as clickers ask for it. */
export type Curtain = 'black' | 'white'

/** It goes from window to window with the slide, since a clicker's key comes to the presenter's. */
const shared = sharedState as typeof sharedState & { curtain?: Curtain | '' }

/** What hides the slides now, if anything. */
export const curtain = computed(() => shared.curtain || undefined)

/** Draws a curtain, or lifts it. */
export function setCurtain(wanted: Curtain | undefined): void {
  if (wanted !== curtain.value) shared.curtain = wanted ?? ''
}

/** Draws a curtain of a colour, or lifts it where it is drawn. */
export function toggleCurtain(colour: Curtain): void {
  setCurtain(curtain.value === colour ? undefined : colour)
}
