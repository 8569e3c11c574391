import { expect, it } from 'vitest'
import { fromOwnFolder } from './read.ts'

it.each([
  ['the edition’s own', '/', '/', '<a href="/ebb/?clicks=1#x">', '<a href="../ebb/?clicks=1#x">'],
  ['the edition itself', '/talk/', '/talk/', '<a class="open" href="/talk/">', '<a class="open" href="../">'],
  ['a picture, and the film’s', '/talk/', '/talk/en/', '<img src="/talk/en/a.png"><video poster="/talk/en/b.png">', '<img src="../a.png"><video poster="../b.png">'],
  ['another edition’s', '/talk/', '/talk/en/', '<a href="/talk/read/" lang="zh-CN">', '<a href="../../read/" lang="zh-CN">'],
  ['one below this', '/', '/', '<a href="/en/read/">', '<a href="../en/read/">'],
  ['other hosts’ and other parts of this one', '/talk/', '/talk/', '<a href="//x.org/a"><a href="https://x.org/"><a href="/elsewhere"><a href="#T1.1">', '<a href="//x.org/a"><a href="https://x.org/"><a href="/elsewhere"><a href="#T1.1">'],
  ['code that shows one', '/', '/', '<pre title="a > b">&lt;a href="/x"&gt;</pre>', '<pre title="a > b">&lt;a href="/x"&gt;</pre>'],
])('the reading page names from its own folder: %s', (_, base, ownBase, html, named) => {
  expect(fromOwnFolder(html, base, ownBase)).toBe(named)
})
