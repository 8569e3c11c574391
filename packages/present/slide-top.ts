import { useSlideContext } from '@slidev/client'
import { talk } from 'virtual:talk'
import { defineComponent, getCurrentInstance, onMounted, watchEffect } from 'vue'
import { slideRegion } from './client/spoken.ts'

/** For screen readers: makes the slide that it is put into a region with a name. It shows nothing. */
export default defineComponent(() => {
  const { $page, $renderContext } = useSlideContext()
  const instance = getCurrentInstance()
  onMounted(() => watchEffect(() => {
    const slide = instance?.vnode.el?.['parentElement'] as Element | null
    for (const [name, value] of Object.entries(slideRegion(talk, $renderContext.value, $page.value))) slide?.setAttribute(name, value)
  }))
  return () => null
})
