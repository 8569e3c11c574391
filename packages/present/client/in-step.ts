import { useNav } from '@slidev/client'
import { sharedState, type SharedState } from '@slidev/client/state/shared.ts'
import { talk } from 'virtual:talk'
import { watch } from 'vue'
import { curtain, setCurtain, type Curtain } from './curtain.ts'
import { Following, type Move } from './following.ts'

/** How long Vite's exchange of slides may still go on after its last message, and how long clicks put back then take to show; in milliseconds. */
const SETTLING = 500
const SHOWING = 100

/** What a window of one edition tells those of the others: a slide has the same id in each. */
interface MoveElsewhere extends Move {
  edition: string
  isPresenter: boolean
  slide: string | number
  clicks: number
  curtain?: Curtain | undefined
}

/** Carries what windows tell from edition to edition: through the server while presenting, else within the browser. */
function openChannel(receive: (move: MoveElsewhere) => void): ((move: MoveElsewhere) => void) | undefined {
  if (talk.editions.length < 2) return undefined
  const hot = import.meta.hot
  if (hot) {
    hot.on('deck:moved', receive)
    return move => hot.send('deck:moved', move)
  }
  // From a disk, windows that opened one another are told otherwise (second-window.ts), and no other tab is of this talk.
  if (talk.files || !('BroadcastChannel' in window)) return undefined
  const channel = new BroadcastChannel('deck-editions')
  channel.addEventListener('message', ({ data }: MessageEvent<MoveElsewhere>) => receive(data))
  return move => channel.postMessage(move)
}

/**
 * Keeps this window in step with the others of the talk.
 * @param tellWithin tells the others of its edition where it is
 * @returns what Slidev's setup/root.ts asks where it tells of this window and receives what others tell.
 */
export function keepInStep(tellWithin: () => void) {
  const { clicksContext, currentSlideNo, isPresenter, isPrintMode, queryClicks, router } = useNav()
  const isLoadedAgain = (performance.getEntriesByType('navigation') as PerformanceNavigationTiming[])[0]?.type === 'reload'
  const following = new Following(isLoadedAgain && !router.options.history.location.startsWith('/presenter/'))
  const windows = {
    /** Clicks made on the slide that shows. A slide that is not there yet does not know its clicks; the address does. */
    clicks: () => clicksContext.value.isMounted ? clicksContext.value.current : queryClicks.value,
    isNews: (move: Move | undefined) => following.isNews(move),
    follow: (page: number, clicks: number) => following.follow(page, clicks),
    /** Takes what another window has told; set by Slidev. */
    receive: (() => undefined) as (state: SharedState) => void,
  }
  const ownId = crypto.getRandomValues(new Uint32Array(2)).join('-')
  const tellElsewhere = openChannel((move) => {
    const slide = talk.slides.find(({ id, no }) => (id || no) === move.slide)
    const isOnSlide = router.currentRoute.value.params['no'] !== undefined && !isPrintMode.value
    // As within an edition: the presenter and the audience follow one another.
    if (!slide || !isOnSlide || move.edition === talk.edition || move.isPresenter === isPresenter.value || !following.isNews(move)) return
    setCurtain(move.curtain)
    if (slide.no === currentSlideNo.value && move.clicks === windows.clicks()) return
    following.follow(slide.no, move.clicks)
    void router.replace({ path: `${isPresenter.value ? '/presenter' : ''}/${move.slide}`, query: { ...router.currentRoute.value.query, clicks: move.clicks || undefined } })
  })
  function tell(): void {
    tellWithin()
    const slide = talk.slides[currentSlideNo.value - 1]
    // A hosted talk's viewers go their own ways.
    if (slide && (isPresenter.value || import.meta.env.DEV)) tellElsewhere?.({ edition: talk.edition, isPresenter: isPresenter.value, slide: slide.id || slide.no, clicks: windows.clicks(), id: ownId, time: Date.now(), curtain: curtain.value })
  }
  watch(curtain, () => isPresenter.value && tell())
  router.afterEach((_to, _from, failure) => {
    if (!failure && following.arrive(currentSlideNo.value, windows.clicks())) tell()
  })
  watch(clicksContext, () => {
    if (following.leads) tell()
  })
  const hot = import.meta.hot
  if (!hot) return windows

  // Whoever was loaded again asks where the talk is: what was told while it loaded, it did not hear.
  hot.on('deck:arrived', () => isPresenter.value && tell())
  if (isLoadedAgain) void router.isReady().then(() => hot.send('deck:arrived'))

  let there: { no: unknown, clicks: number } | undefined
  let exchanged: ReturnType<typeof setTimeout> | undefined
  /** A slide that took another's place for a moment has cut the clicks to its own. */
  function putBack(): void {
    if (there && router.currentRoute.value.params['no'] === there.no && queryClicks.value < there.clicks) queryClicks.value = there.clicks
  }
  function goOn(): void {
    there = undefined
    following.isPaused = false
    following.follow(currentSlideNo.value, windows.clicks())
    // The presenter's window says where the talk is; what it said meanwhile is taken now.
    if (isPresenter.value) tell()
    else windows.receive(sharedState)
  }
  hot.on('vite:beforeUpdate', ({ updates }) => {
    if (!updates.some(({ path }) => /__slidev_|@slidev\/slides/.test(path))) return
    clearTimeout(exchanged)
    following.isPaused = true
    there ??= { no: router.currentRoute.value.params['no'], clicks: queryClicks.value }
  })
  hot.on('vite:afterUpdate', () => {
    if (!there) return
    clearTimeout(exchanged)
    exchanged = setTimeout(() => {
      putBack()
      exchanged = setTimeout(goOn, SHOWING)
    }, SETTLING)
  })
  return windows
}
