import { plainText } from 'slidev-addon-deck/markup'
import type { Rule } from '../rule.ts'

const bare = (text: string) => text.replace(/\s+/g, '')

/** The parts of the source's headline between its components, which bring text of their own. */
function headlineParts(content: string): string[] {
  return (/^# +(.+)$/m.exec(content)?.[1] ?? '').split(/<[^>]+>/).map(part => bare(plainText(part))).filter(Boolean)
}

/** The slide that was asked for is there, with its own headline: no error, no placeholder, no other slide. */
export const rendered: Rule = {
  id: 'rendered',
  inspect({ slide, snapshot, failure }) {
    const findings: string[] = []
    if (failure) findings.push(failure)
    if (snapshot.no !== slide.no) findings.push(`slide ${slide.no} was asked for, ${snapshot.no ? `slide ${snapshot.no}` : 'none'} is shown`)
    if (snapshot.placeholder) findings.push(`a placeholder is shown: “${snapshot.placeholder}”`)
    const parts = headlineParts(slide.content)
    if (parts.length === 0) findings.push('the source has no headline')
    let from = 0
    for (const part of parts) {
      const at = bare(snapshot.headline).indexOf(part, from)
      if (at < 0) findings.push(`the headline lacks “${part}”: it reads “${snapshot.headline}”`)
      else from = at + part.length
    }
    return { looked: 1, findings }
  },
}
