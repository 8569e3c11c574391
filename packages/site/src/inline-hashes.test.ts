import { expect, it } from 'vitest'
import { inlineContent, isForeign, sha256Source, shellContent } from './inline-hashes.ts'

it('finds inline scripts and styles wherever a browser runs or applies them', () => {
  const { scripts, styles } = inlineContent(`<!doctype html><head><style>a{}</style><script>1 < 2</script><noscript><style>b{}</style></noscript></head>
    <template><style>c{}</style></template><svg><style>d{}</style></svg><script type="module">3</script><script type="importmap">{}</script>`)
  expect(styles).toEqual(['a{}', 'b{}', 'c{}', 'd{}'])
  expect(scripts).toEqual(['1 < 2', '3', '{}'])
})

it('passes over files, data and text that only looks like scripts and styles', () => {
  const { scripts, styles } = inlineContent('<script src="a.js"></script><script></script><script type="application/ld+json">{}</script><!-- <style>x</style> --><p title="<style>y</style>">&lt;style></p>')
  expect([...scripts, ...styles]).toEqual([])
})

it('hashes as a browser does: UTF-8, line ends normalised, characters not escaped', () => {
  const { styles } = inlineContent('<style>p::after { content: "潮 &amp;" }\r\n</style>')
  expect(styles.map(sha256Source)).toEqual([sha256Source('p::after { content: "潮 &amp;" }\n')])
  // The empty text’s digest is well known.
  expect(sha256Source('')).toBe(`'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='`)
})

it('tells what Slidev’s page links from other hosts, its icon, and what a deck’s index.html brings', () => {
  const page = `<!doctype html><head><link rel="stylesheet" href="https://fonts.example/css?a=1&amp;b=2"><link rel="stylesheet" href="/own.css"><link rel="icon" href="/i.svg">
    <link rel="preload" as="image" href="https://host.example/a.png"></head><body><div id="app"></div><div class="bar"><p>x</p></div><script async src="//widgets.example/w.js"></script><script src="/own.js"></script></body>`
  expect(shellContent(page)).toEqual({
    foreign: '<link rel="stylesheet" href="https://fonts.example/css?a=1&amp;b=2">\n<script async="" src="//widgets.example/w.js"></script>',
    body: '<div class="bar"><p>x</p></div>',
    icon: '/i.svg',
  })
})

it.each([['https://a.example/x', true], ['//a.example', true], ['/x', false], ['x/y', false], ['data:text/css,a', false], [undefined, false]])('calls %s another host’s: %s', (address, expected) => {
  expect(isForeign(address)).toBe(expected)
})
