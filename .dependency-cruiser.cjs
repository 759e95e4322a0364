/**
 * Who may import whom: `commands, ui -> cli -> features -> store -> model`, and errors.ts from everywhere.
 * `scripts/layers.js` runs these rules and proves of each that it catches a planted breach.
 */
const FEATURES = 'ingest|snapshots|diff|verify|lookup|licensing|conflicts|alerts|search|synth|report'
const features = `^src/(${FEATURES})/`

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-unresolved', severity: 'error', from: {}, to: { couldNotResolve: true, pathNot: '\\.sql$' } },
    { name: 'errors-is-a-leaf', severity: 'error', from: { path: '^src/errors\\.ts$' }, to: { path: '^src/' } },
    {
      name: 'model-imports-nothing',
      severity: 'error',
      from: { path: '^src/model/' },
      to: { path: '^src/', pathNot: ['^src/model/', '^src/errors\\.ts$'] },
    },
    {
      name: 'store-imports-model',
      severity: 'error',
      from: { path: '^src/store/' },
      to: { path: '^src/', pathNot: ['^src/(store|model)/', '^src/errors\\.ts$'] },
    },
    {
      name: 'features-import-downward',
      severity: 'error',
      from: { path: features },
      to: { path: '^src/(cli|commands|ui)/' },
    },
    {
      name: 'features-share-through-index',
      severity: 'error',
      from: { path: features },
      to: { path: features, pathNot: ['^src/$1/', `^src/(${FEATURES})/index\\.ts$`] },
    },
    {
      name: 'outside-through-index',
      severity: 'error',
      from: { path: '^src/(cli|commands|ui)/' },
      to: { path: features, pathNot: `^src/(${FEATURES})/index\\.ts$` },
    },
    { name: 'cli-imports-downward', severity: 'error', from: { path: '^src/cli/' }, to: { path: '^src/(commands|ui)/' } },
    {
      name: 'commands-are-imported-by-nobody',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/commands/' },
      to: { path: '^src/commands/' },
    },
    { name: 'ui-never-sees-the-store', severity: 'error', from: { path: '^src/ui/' }, to: { path: '^src/store/' } },
    {
      name: 'databases-in-store-only',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/store/' },
      to: { path: '(^|node_modules/)(@duckdb/|better-sqlite3($|/)|@types/better-sqlite3)' },
    },
    {
      name: 'oclif-in-commands-and-cli-only',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(commands|cli)/' },
      to: { path: '(^|node_modules/)@oclif/' },
    },
    {
      name: 'ink-in-ui-only',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/ui/' },
      to: { path: '(^|node_modules/)(ink|react|@types/react)($|/)' },
    },
    {
      name: 'no-test-code',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(test|bench|scripts)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '\\.sql$' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default'] },
  },
}
