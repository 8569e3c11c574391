import { parseTimeString } from '@slidev/parser/utils'
import type { SourceSlide } from 'slidev-addon-deck/source-deck'
import { defineRule } from '../rule.ts'
import { onHead, show } from './places.ts'

/** Seconds in a `duration` as Slidev reads it, undefined where it can't be read. */
function seconds(duration: unknown): number | undefined {
  if (typeof duration !== 'string' && typeof duration !== 'number') return undefined
  try {
    return parseTimeString(duration).seconds
  }
  catch {
    return undefined
  }
}

/** A slide's minutes; what is no time at all is for minutes-required to say. */
const minutesOf = ({ frontmatter: { minutes } }: SourceSlide) => typeof minutes === 'number' && minutes >= 0 ? minutes : 0

/** Minutes as a message shows them: at most two decimals. */
const rounded = (minutes: number) => String(Math.round(minutes * 100) / 100)

export default defineRule({
  id: 'minutes-sum',
  group: 'minutes',
  level: 'style',
  describe: 'The slides’ minutes sum to the duration in the headmatter.',
  places: deck => [deck],
  findings(deck) {
    const duration = seconds(deck.headmatter.duration)
    if (duration === undefined) {
      return [onHead(deck, 'duration', `duration is ${show(deck.headmatter.duration)}: write the talk's length in the headmatter, like "duration: 25min".`)]
    }
    const sum = deck.slides.reduce((total, slide) => total + minutesOf(slide), 0)
    // A hundredth of a minute: minutes are decimals, and thirds of them do not sum exactly.
    if (Math.abs(sum - duration / 60) < 0.01) return []
    return [onHead(deck, 'duration', `The slides take ${rounded(sum)} minutes, the headmatter says ${rounded(duration / 60)}: change the minutes of some slides, or duration.`)]
  },
})
