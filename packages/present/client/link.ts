import { useNav } from '@slidev/client'
import { talk } from 'virtual:talk'
import { computed } from 'vue'
import { linkTarget } from './link-target.ts'

/** What Slidev's `Link` asks: where its `to` leads, as its router and as a browser have it. */
export function followLink(to: () => string | number) {
  const { isPresenter, isPrintMode } = useNav()
  const target = computed(() => linkTarget(String(to()), talk.slides))
  return {
    /** For the router: a link in the presenter view stays in it. */
    path: computed(() => {
      const slide = talk.slides[(target.value.no ?? 0) - 1]
      const query = /\?[^#]*/.exec(String(to()))?.[0] ?? ''
      return slide ? `${isPresenter.value ? '/presenter' : ''}/${slide.id || slide.no}${query}` : String(to())
    }),
    /** The place on the print page: the number of the slide's picture. */
    place: computed(() => target.value.no ?? to()),
    /** The address of what is no slide; undefined where the link is the router's, '' on paper where the deck is hosted nowhere. */
    file: computed(() => {
      const { file } = target.value
      if (file === undefined) return undefined
      if (isPrintMode.value) return talk.address ? new URL(file, talk.address).href : ''
      return import.meta.env.BASE_URL + file
    }),
  }
}
