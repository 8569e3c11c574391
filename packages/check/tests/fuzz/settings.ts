import { randomInt } from 'node:crypto'
import type fc from 'fast-check'

/** `FUZZ_SEED=random` takes another seed each time; any other number is the seed itself. */
const given = process.env['FUZZ_SEED']
export const seed = given === 'random' ? randomInt(2 ** 31) : Number(given ?? 20_261_122)
/** How many times as many inputs: a few in `npm test`, many in `npm run test:soak`. */
const factor = Number(process.env['FUZZ_FACTOR'] ?? 0.2)
if (!Number.isInteger(seed) || !(factor > 0)) throw new Error('FUZZ_SEED takes an integer or "random", FUZZ_FACTOR a number above 0.')
console.log(`fuzz: FUZZ_SEED=${seed} FUZZ_FACTOR=${factor}`)

/** Settings of one property; `runs` is how many inputs make a thorough look. */
export const settings = <T>(runs: number): fc.Parameters<T> => ({ seed, numRuns: Math.ceil(runs * factor), includeErrorInReport: true })
