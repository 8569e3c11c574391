// As slidev-client.d.ts, for what is open over the slides.
import type { Ref } from 'vue'

export declare const showGotoDialog: Ref<boolean>
export declare const showInfoDialog: Ref<boolean>
export declare const showOverview: Ref<boolean>

/**
 * Keeps key presses from moving the slides.
 * @returns what lets them again.
 */
export declare function lockShortcuts(): () => void
