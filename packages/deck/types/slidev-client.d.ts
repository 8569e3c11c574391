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
    currentRoute: Ref<{ params: Record<string, unknown> }>
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
