import { expect, it } from 'vitest'
import { linkTarget } from './link-target.ts'

const slides = [{ no: 1, id: 'cover' }, { no: 2, id: 'traffic-shift' }, { no: 3, id: '' }]

it.each([
  ['2', { no: 2 }], ['/2', { no: 2 }], ['/traffic-shift', { no: 2 }], ['./traffic-shift', { no: 2 }], ['/traffic-shift/', { no: 2 }], ['/traffic-shift?clicks=1', { no: 2 }], ['#/3', { no: 3 }], ['#2', { no: 2 }],
  ['/essay.pdf', { file: 'essay.pdf' }], ['./文/原文.pdf', { file: '文/原文.pdf' }], ['/essay.pdf#page=3', { file: 'essay.pdf#page=3' }], ['/read/', { file: 'read/' }], ['/en/cover/', { file: 'en/cover/' }],
  ['#note', {}], ['/', {}], ['/99', { file: '99' }],
] as const)('%s leads to %j', (to, target) => {
  expect(linkTarget(to, slides)).toEqual(target)
})
