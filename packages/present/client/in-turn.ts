/** How long a step waits for a slide that does not come, in milliseconds. */
const PATIENCE = 1000

/**
 * Steps one after the other, each when the slide that the one before led to is there: until then Slidev takes it for a slide
 * without clicks, and a fast key leads past it. A single step is taken at once.
 * @param isThere whether the current slide is there
 * @returns wraps a step.
 */
export function inTurn(isThere: () => boolean): (step: () => unknown) => () => void {
  const waiting: (() => unknown)[] = []
  async function takeAll(): Promise<void> {
    for (let [step] = waiting; step; [step] = waiting) {
      for (const start = performance.now(); !isThere() && performance.now() < start + PATIENCE;) await new Promise(requestAnimationFrame)
      try {
        await step()
      }
      catch (error) {
        reportError(error)
      }
      waiting.shift()
    }
  }
  return step => () => {
    if (waiting.push(step) === 1) void takeAll()
  }
}
