import type { Talk } from './talk.ts'

/** The labels in a diagram's drawing whose step is due (0: there from the start): lines of a label joined as the language does. */
export function drawnLabels(drawing: Element, talk: Pick<Talk, 'language'>, isDue: (step: number) => boolean): string[] {
  return [...drawing.querySelectorAll('text')]
    .filter(text => isDue(Number(text.closest('[data-step]')?.getAttribute('data-step') ?? 0)))
    .map(text => Array.from(text.children, line => line.textContent).join(talk.language === 'zh' ? '' : ' '))
}
