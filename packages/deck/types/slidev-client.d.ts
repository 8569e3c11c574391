// The part of @slidev/client that the deck uses. Slidev ships its client as sources that do not pass a strict check, so
// tsconfig.json sends the type checker here; the build takes the real one.
import type { ClicksContext, RenderContext, SlideRoute } from '@slidev/types'
import type { ComputedRef, Ref } from 'vue'

/** What a component inside a slide knows of it. */
export declare function useSlideContext(): {
  $clicksContext: ClicksContext
  $frontmatter: Record<string, unknown>
  $page: Ref<number>
  $renderContext: Ref<RenderContext>
}

/** Where the deck stands. */
export declare function useNav(): {
  isPresenter: ComputedRef<boolean>
  isPrintMode: ComputedRef<boolean>
  /** Whether it prints a page for each click. */
  isPrintWithClicks: ComputedRef<boolean>
  router: {
    isReady: () => Promise<void>
    afterEach: (guard: (to: unknown, from: unknown, failure?: unknown) => void) => void
    currentRoute: Ref<{ params: Record<string, unknown>, query: Record<string, unknown> }>
    options: { history: { readonly location: string } }
    replace: (to: { path: string, query: Record<string, unknown> }) => Promise<unknown>
  }
  clicks: ComputedRef<number>
  /** Clicks in the page's address. */
  queryClicks: Ref<number>
  clicksContext: ComputedRef<ClicksContext>
  currentSlideNo: ComputedRef<number>
  slides: Ref<SlideRoute[]>
  /** One click on or back. */
  next: () => Promise<void>
  prev: () => Promise<void>
}

/** The presenter's timer. */
export declare function useTimer(): {
  /** Seconds since it was started, 0 before. */
  passed: ComputedRef<number>
  status: ComputedRef<'stopped' | 'running' | 'paused'>
}

/** What the windows of a talk share; times in milliseconds since 1970. */
export interface SharedState {
  page: number
  clicks: number
  timer: { status: 'stopped' | 'running' | 'paused', slides: Record<number, { start?: number, end?: number }>, startedAt: number, pausedAt: number }
}
export declare const sharedState: SharedState

/** A way in which the windows of a talk tell one another what they share. */
export interface Sync {
  /**
   * Called once for each thing that is shared.
   * @param receive takes what another window has told
   * @returns what is called when this window's own state has changed, `updating` where another window has changed it.
   */
  init: <State extends object>(channel: string, receive: (state: Partial<State>) => void, state: State, persist?: boolean) => ((state: State, updating?: boolean) => void) | undefined
}
export declare function addSyncMethod(sync: Sync): void

/** Has the windows tell nothing by the browser's own channel for pages of one site. */
export declare function disableBuiltinSync(): void

/** What is open over the slides. */
export declare const showGotoDialog: Ref<boolean>
export declare const showInfoDialog: Ref<boolean>
export declare const showOverview: Ref<boolean>

/**
 * Keeps key presses from moving the slides.
 * @returns what lets them again.
 */
export declare function lockShortcuts(): () => void
