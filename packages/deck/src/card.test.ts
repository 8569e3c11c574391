import { expect, it } from 'vitest'
import { parseCard } from './card.ts'

const head = '# Two *questions*\n\nMark it.\n\n- Old\n- New\n'
const question = '\n## **One** Who comes?\n\n- None\n- All\n'
const parse = (markdown: string) => parseCard({ file: 'pages/card.md', markdown })

it('reads a card', () => {
  expect(parse(`${head}${question}${question}\n---\n\nFrom the talk.\n`)).toEqual({
    name: 'Two questions',
    title: 'Two <em>questions</em>',
    use: ['Mark it.'],
    ends: ['Old', 'New'],
    questions: Array.from({ length: 2 }, () => ({ text: '<strong>One</strong> Who comes?', ends: ['None', 'All'] })),
    foot: ['From the talk.'],
  })
  expect(parse(head + question).foot).toEqual([])
})

it.each([
  ['nothing', '', 1, 'the title'],
  ['no title', head.slice(2) + question, 1, 'the title'],
  ['no use', head.replace('Mark it.\n\n', '') + question, 3, 'a paragraph'],
  ['no names of the ends', `# T\n\nMark it.\n${question}`, 5, 'names of the left end and the right'],
  ['no question', head, 6, 'a question'],
  ['a question with one end', `${head}${question.replace('- All\n', '')}`, 10, 'The list has 1 items: write two'],
  ['a question with three ends', `${head}${question}- More\n`, 10, 'The list has 3 items: write two'],
  ['a question without ends', `${head}\n## One\n\n## Two\n`, 10, 'the left end and at the right'],
  ['text after a question', `${head}${question}\nMore.\n`, 13, 'a question'],
  ['a rule with nothing below', `${head}${question}\n---\n`, 13, 'a paragraph'],
  ['a list at the foot', `${head}${question}\n---\n\nFrom.\n\n- x\n`, 17, 'paragraphs alone'],
])('refuses a card with %s', (_, markdown, line, what) => {
  expect(() => parse(markdown)).toThrow(new RegExp(`^pages/card\\.md:${line}  card  .*${what}`))
})
