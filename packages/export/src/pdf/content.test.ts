import { expect, it } from 'vitest'
import { pictureFills, remark, type Stream } from './content.ts'

const rg = (hex: string) => [1, 3, 5].map(at => (Number.parseInt(hex.slice(at, at + 2), 16) / 255).toFixed(4)).join(' ')
const page: Stream = { name: 'page', isPicture: mark => mark === 'page/2', remarkObject: () => false }
const brackets = (content: string) => content.match(/BMC|BDC|EMC(?!\))|Do/g)

it('marks text as its element’s, pictures as theirs, the rest as decoration', () => {
  const { content, owners } = remark([
    '1 1 1 rg', '/NonStruct <</MCID 0 >>BDC', '0 0 9 9 re', 'f', 'EMC',
    '/H1 <</MCID 1 >>BDC', 'BT', '/F1 9 Tf <0001> Tj', 'ET', 'EMC',
    '/Figure <</MCID 2 >>BDC', '0 0 9 9 re', 'f', 'EMC',
    `${rg(pictureFills.start)} rg`, '1 1 .02 .02 re', 'f', '1 1 1 rg', '2 2 3 3 re', 'f', 'BT', '(\\) EMC) Tj', 'ET', `${rg(pictureFills.end)} rg`, '1 1 .02 .02 re', 'f',
    'BT', '<0002> Tj', 'ET',
  ].join('\n'), page)
  expect(owners).toEqual(['page/1', 'page/2'])
  expect(content).not.toContain('.02 .02')
  expect(brackets(content)).toEqual(['BMC', 'EMC', 'BDC', 'EMC', 'BMC', 'EMC', 'BDC', 'EMC', 'BMC', 'EMC'])
})

it('leaves a form that holds content of its own to itself, and takes an image for the picture that it is', () => {
  const { content, owners } = remark('/P <</MCID 1 >>BDC\nBT\n<0001> Tj\nET\n/X1 Do\nEMC\n/Figure <</MCID 2 >>BDC\n/X2 Do\nEMC\n/P <</MCID 3 >>BDC\n/X3 Do\nEMC', { ...page, remarkObject: name => name === 'X1' })
  expect(owners).toEqual(['page/1', 'page/2'])
  expect(brackets(content)).toEqual(['BDC', 'EMC', 'Do', 'BDC', 'Do', 'EMC', 'BMC', 'Do', 'EMC'])
})

it('refuses a picture that the structure lacks', () => {
  expect(() => remark(`${rg(pictureFills.start)} rg\n0 0 1 1 re\nf`, page)).toThrow(/missing from the page’s structure/)
})
