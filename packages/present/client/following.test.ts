import { expect, it } from 'vitest'
import { Following } from './following.ts'

it('tells of its own steps, and not of those that follow another window', () => {
  const following = new Following(false)
  expect(following.arrive(1, 0)).toBe(true)
  following.follow(2, 1)
  expect(following.arrive(2, 1)).toBe(false)
  expect(following.leads).toBe(false)
  expect(following.arrive(2, 2)).toBe(true)
  expect(following.leads).toBe(true)
  expect(following.arrive(2, 1)).toBe(true)
})

it('says nothing before its first step where it was loaded again', () => {
  const following = new Following(true)
  expect(following.leads).toBe(false)
  expect(following.arrive(7, 3)).toBe(false)
  expect(following.arrive(7, 3)).toBe(false)
  expect(following.arrive(7, 4)).toBe(true)
})

it('takes each move once, and none that was overtaken, by each window’s own clock', () => {
  const following = new Following(false)
  expect(following.isNews(undefined)).toBe(false)
  expect(following.isNews({ id: 'a', time: 5 })).toBe(true)
  expect(following.isNews({ id: 'a', time: 5 })).toBe(false)
  expect(following.isNews({ id: 'b', time: 2 })).toBe(true)
  expect(following.isNews({ id: 'a', time: 4 })).toBe(false)
  expect(following.isNews({ id: 'a', time: 6 })).toBe(true)
})

it('tells nothing and takes nothing while it is paused', () => {
  const following = new Following(false)
  following.isPaused = true
  expect(following.arrive(3, 0)).toBe(false)
  expect(following.leads).toBe(false)
  expect(following.isNews({ id: 'a', time: 5 })).toBe(false)
  following.isPaused = false
  expect(following.isNews({ id: 'a', time: 5 })).toBe(true)
  expect(following.arrive(4, 0)).toBe(true)
})
