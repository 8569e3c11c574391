import { expect, it } from 'vitest'
import { timerParts } from './timer-parts.ts'

it.each([
  [0, ':0:00.0'],
  [65_400, ':1:05.4'],
  [3_725_000, '1:02:05.0'],
  [-5_000, ':-0:05.0'],
  [-3_725_000, '-1:02:05.0'],
])('%i ms shows as %s', (time, text) => {
  const { h, m, s, ms } = timerParts(time)
  expect(`${h}:${m}:${s}.${ms}`).toBe(text)
})
