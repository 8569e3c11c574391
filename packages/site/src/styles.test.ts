import { expect, it } from 'vitest'
import { withoutUnused } from './styles.ts'

it('leaves out custom properties that nothing asks for, and nothing else', () => {
  const css = ':root{--a:1px;--b:var(--c);--c:2px;--d:var(--e);--e:3px;--f:4px}.y{--g:5px}.x{margin:var(--b);text-wrap:balance;chosen:by-hand;width:calc(1px + var(--a))}'
  expect(withoutUnused(css, '<p style="height:var(--f)">')).toBe(':root{--a:1px;--b:var(--c);--c:2px;--f:4px}.x{margin:var(--b);text-wrap:balance;chosen:by-hand;width:calc(1px + var(--a))}')
})
