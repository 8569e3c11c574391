import { talk } from 'virtual:talk'

/** Whether there is anything that <DeckLink> leads to. */
export const hasDeckLink = () => Boolean(talk.address || talk.pdf || talk.card)
