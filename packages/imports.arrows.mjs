import options from './imports.options.mjs'

// The arrows of the house, checked by npm run lint: docs/architecture.md has them as a picture.
const ARROWS = {
  export: ['site', 'present', 'diagrams', 'check', 'deck'],
  site: ['present', 'diagrams', 'check', 'deck'],
  present: ['deck'],
  diagrams: ['deck'],
  check: ['deck'],
  deck: [],
}
const TALK = '^(?:components|layouts|pages|styles|talk|drawings|public|deck\\.config\\.ts)(?:/|$)'
const forbidden = Object.entries(ARROWS).flatMap(([name, below]) => {
  const above = Object.keys(ARROWS).filter(other => other !== name && !below.includes(other))
  return [
    ...above.length > 0 ? [{ name: `${name}-imports-down-only`, severity: 'error', from: { path: `^packages/${name}/` }, to: { path: `^packages/(?:${above.join('|')})/` } }] : [],
    // Relative paths out of the package pass its neighbours' exports by.
    { name: `${name}-by-exports-only`, severity: 'error', from: { path: `^packages/${name}/` }, to: { path: `^packages/(?!${name}/)`, dependencyTypesNot: ['aliased'] } },
  ]
})

export default {
  forbidden: [
    ...forbidden,
    { name: 'no-talk-in-the-kit', severity: 'error', from: { path: '^packages/' }, to: { path: TALK } },
    { name: 'talk-by-exports-only', severity: 'error', from: { path: `${TALK}|^bench/` }, to: { path: '^packages/', dependencyTypesNot: ['aliased'] } },
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'everything-is-found', severity: 'error', from: { path: '^packages/|^components/|^layouts/|^talk/' }, to: { couldNotResolve: true, pathNot: '^virtual:|^@slidev/client|^#slidev|^#deck|^/@slidev' } },
  ],
  // Types count as well.
  options: { ...options, tsPreCompilationDeps: 'specify' },
}
