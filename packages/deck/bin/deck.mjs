#!/usr/bin/env node
// The deck command. Plain JavaScript, so that an older Node can say what it lacks.
import * as module from 'node:module'

const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 22 || (major === 22 && minor < 18)) {
  console.error(`deck needs Node 22.18 or later, and this is ${process.versions.node}: run it by npm (npm start, npm run …, npx deck), which takes the Node that is installed with the deck.`)
  process.exit(1)
}
module.enableCompileCache()
const { main } = await import('../src/command.ts')
await main(process.cwd(), process.argv.slice(2))
