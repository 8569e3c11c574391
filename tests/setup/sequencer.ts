import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** The suites that take longest, longest first: begun last, one of them would keep one core busy while the others are done. */
const LONG = ['rendered/walk', 'browsers/take-along', 'pdf/failures', 'access/pages', 'build/dev', 'browsers/slides', 'browsers/hosted', 'pdf/deck', 'site/offline', 'site/first', 'build/build', 'browsers/moving', 'rendered/behaviour', 'rendered/read', 'rendered/bad']

const place = ({ moduleId }: TestSpecification) => {
  const found = LONG.findIndex(name => moduleId.includes(`/tests/${name}.`))
  return found < 0 ? LONG.length : found
}

/** Begins with the longest suites, also where Vitest has no times of an earlier run. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).sort((one, other) => place(one) - place(other))
  }
}
