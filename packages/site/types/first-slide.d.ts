/** What the script of a slide's page (client/first.ts) offers the app (setup/main.ts). */
interface FirstSlide {
  /**
   * Called when the app's own slide stands where the page's does: stops answering keys and removes the page's slide.
   * Returns the steps that were asked for beyond the slides in the page: forward, or back where negative.
   */
  handOver: () => number
}

interface Window {
  /** What the running app and the build that renders the slides (src/in-page.ts) ask: the slide that shows, whether its content is there, its click and how many it takes. */
  deckSlide?: () => { no: number, isThere: boolean, click: number, clicks: number }
  /** Missing where the page shows nothing before the app, as in dev. */
  firstSlide?: FirstSlide
}
