// @vitest-environment jsdom
import { mount } from '@vue/test-utils'
import axe from 'axe-core'
import { afterEach, expect, it, vi } from 'vitest'
import { computed, ref } from 'vue'
import Diagram from './Diagram.vue'

const current = ref(0)
const registered = new Map<string, { max: number }>()
const frontmatter: Record<string, unknown> = {}
const talk = vi.hoisted(() => ({ language: 'zh' }))

vi.mock('virtual:talk', () => ({ talk }))
vi.mock('@slidev/client', () => ({
  useSlideContext: () => ({
    $frontmatter: frontmatter,
    $clicksContext: {
      calculateSince: (_at: string, size: number) => ({ max: size, currentOffset: computed(() => current.value - 1) }),
      register: (id: string, info: { max: number }) => registered.set(id, info),
      unregister: (id: string) => registered.delete(id),
    },
  }),
}))

const show = (props: { title: string, description: string, steps: number }, slot = '<svg />') =>
  mount(Diagram, { props, slots: { default: slot }, attachTo: document.body })
const described = (diagram: ReturnType<typeof show>) => document.getElementById(diagram.attributes('aria-describedby') ?? '')?.textContent

afterEach(() => {
  document.body.innerHTML = ''
  current.value = 0
  delete frontmatter['illustration']
})

it.each([['zh', '示意'], ['en', 'Illustration']])('has its name and description, and bears the mark of an illustration for who reads it: %s', async (language, mark) => {
  talk.language = language
  frontmatter['illustration'] = true
  const diagram = show({ title: 'name', description: 'what it says', steps: 0 }, '<svg><g /></svg>')
  expect(diagram.attributes()).toMatchObject({ 'role': 'img', 'aria-label': 'name' })
  expect(described(diagram)).toBe('what it says')
  expect(diagram.get('.mark').text()).toBe(mark)
  expect(diagram.get('.mark').attributes()).toHaveProperty('hidden')
  const { violations } = await axe.run(diagram.element, { rules: { 'color-contrast': { enabled: false }, 'region': { enabled: false } } })
  expect(violations.map(({ id }) => id)).toEqual([])
})

it('takes as many clicks as it has steps, shows them one by one, and says what is there', async () => {
  talk.language = 'en'
  const svg = '<svg><text><tspan>one</tspan></text><g data-step="1"><text><tspan>two</tspan><tspan>rows</tspan></text></g></svg>'
  const diagram = show({ title: 'a', description: '', steps: 2 }, svg)
  await diagram.vm.$nextTick()
  expect([...registered.values()]).toEqual([expect.objectContaining({ max: 2 })])
  expect([diagram.attributes('data-shown'), described(diagram), diagram.attributes('data-change')]).toEqual(['', 'Drawn so far: one', ''])
  current.value = 1
  await diagram.vm.$nextTick()
  expect([diagram.attributes('data-shown'), described(diagram), diagram.attributes('data-change')]).toEqual(['1', 'Drawn so far: one, two rows', 'two rows'])
  current.value = 5
  await diagram.vm.$nextTick()
  expect([diagram.attributes('data-shown'), described(diagram), diagram.attributes('data-change')]).toEqual(['1 2', 'one, two rows', ''])
  diagram.unmount()
  expect(registered.size).toBe(0)
})
