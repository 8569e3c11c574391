/** How long a step waits for one that does not come to its end, in milliseconds. */
const PATIENCE = 3000

const task = () => new Promise(done => setTimeout(done))

/**
 * Steps one after the other, each when the one before is done: until its slide is there, Slidev takes it for one without
 * clicks, and a fast key leads past it; until its click is in the address, the next one takes it back. A single step is taken at once.
 * @param isDone whether nothing is under way
 * @returns wraps a step.
 */
export function inTurn(isDone: () => boolean): (step: () => unknown) => () => void {
  const waiting: (() => unknown)[] = []
  async function takeAll(): Promise<void> {
    for (let [step] = waiting; step; [step] = waiting) {
      for (const start = performance.now(); !isDone() && performance.now() < start + PATIENCE;) await task()
      try {
        await step()
      }
      catch (error) {
        reportError(error)
      }
      // A click changes the address, from which Slidev takes it, only after the step has returned.
      await task()
      waiting.shift()
    }
  }
  return step => () => {
    if (waiting.push(step) === 1) void takeAll()
  }
}
