/** How dependency-cruiser reads this project, for both checks of imports beside this file. */
export default {
  doNotFollow: { path: 'node_modules' },
  exclude: { path: '/fixtures/|^bench/node_modules' },
  tsConfig: { fileName: 'tsconfig.json' },
  combinedDependencies: true,
  enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'default'], extensions: ['.ts', '.vue', '.mjs', '.js', '.json', '.css', '.d.ts'] },
}
