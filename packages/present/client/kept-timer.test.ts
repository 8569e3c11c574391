import { expect, it } from 'vitest'
import { keptTimer } from './kept-timer.ts'

it('goes on where it ran or was paused', () => {
  const running = { status: 'running', slides: {}, startedAt: 1000, pausedAt: 0 }
  expect(keptTimer(JSON.stringify(running))).toEqual(running)
  expect(keptTimer(JSON.stringify({ ...running, status: 'paused', pausedAt: 2000 }))).toMatchObject({ status: 'paused', pausedAt: 2000 })
})

it.each([null, '', '{', 'null', '[]', '{}', '{"status":"stopped","startedAt":0,"pausedAt":0}', '{"status":"running","startedAt":"1","pausedAt":0}', '{"status":"running","startedAt":-5,"pausedAt":0}', '{"status":"paused","startedAt":9,"pausedAt":3}', '{"status":"x","startedAt":9,"pausedAt":10}'])('%s is none', (text) => {
  expect(keptTimer(text)).toBeUndefined()
})
