/** The labels in a diagram's drawing whose step is due (0: there from the start). Between the lines of a label stands a blank: a voice would read them as one word. */
export function drawnLabels(drawing: Element, isDue: (step: number) => boolean): string[] {
  return [...drawing.querySelectorAll('text')]
    .filter(text => isDue(Number(text.closest('[data-step]')?.getAttribute('data-step') ?? 0)))
    .map(text => Array.from(text.children, line => line.textContent).join(' '))
}
