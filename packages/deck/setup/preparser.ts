import { definePreparserSetup } from '@slidev/types'
import { withTexts } from '../src/text-settings.ts'

export default definePreparserSetup(() => [{
  name: 'deck:text-settings',
  transformSlide(_content, frontmatter: Record<string, unknown>) {
    Object.assign(frontmatter, withTexts(frontmatter))
    return Promise.resolve(undefined)
  },
}])
