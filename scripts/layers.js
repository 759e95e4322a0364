/**
 * Checks the direction of imports (.dependency-cruiser.cjs) and that the surroundings of the process (`process`, the
 * clock, chance, `console`) are touched in src/cli/ only. First each rule must catch a breach planted in a scratch tree:
 * a checker that sees no modules passes everything.
 */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { cruise } from 'dependency-cruiser'
import ts from 'typescript'

const project = fileURLToPath(new URL('..', import.meta.url))
const rules = createRequire(import.meta.url)('../.dependency-cruiser.cjs')
/** Fewer than this means that the checker is blind, not that the program is small. */
const FEWEST_MODULES = 20

/** Breaches of the import rules in a folder that holds src/. */
async function importBreaches(baseDir) {
  const { tsConfig, ...options } = rules.options
  const result = await cruise(
    ['src'],
    { ...options, baseDir, validate: true, ruleSet: { forbidden: rules.forbidden } },
    options.enhancedResolveOptions,
    { tsConfig: ts.parseJsonConfigFileContent({ compilerOptions: { module: 'NodeNext' } }, ts.sys, baseDir) },
  )
  const { summary, modules } = result.output
  return {
    seen: modules.filter(({ source }) => source.startsWith('src/')).length,
    breaches: summary.violations.map(({ rule, from, to }) => ({ rule: rule.name, from, to })),
  }
}

/** What of the surroundings a piece of TypeScript touches, as `line: what`. */
export function surroundingsTouched(text) {
  const file = ts.createSourceFile('file.ts', text, ts.ScriptTarget.Latest, true)
  const touched = []
  const visit = (node) => {
    const what = surroundingOf(node)
    if (what !== undefined) touched.push(`${file.getLineAndCharacterOfPosition(node.getStart()).line + 1}: ${what}`)
    else ts.forEachChild(node, visit)
  }
  visit(file)
  return touched
}

const CALLS = new Set(['Date.now', 'Math.random', 'performance.now'])

function surroundingOf(node) {
  if (ts.isPropertyAccessExpression(node) && ts.isIdentifier(node.expression)) {
    const { text } = node.expression
    const name = `${text}.${node.name.text}`
    if (text === 'process' || text === 'console' || CALLS.has(name)) return name
  }
  const isDate = (ts.isNewExpression(node) || ts.isCallExpression(node)) && node.expression.getText() === 'Date'
  if (isDate && (node.arguments ?? []).length === 0) return 'new Date()'
  const isModule = (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && node.moduleSpecifier !== undefined
  if (isModule && /^(node:)?(process|console)$/.test(node.moduleSpecifier.text)) return node.moduleSpecifier.text
  return undefined
}

function surroundingBreaches() {
  return readdirSync(join(project, 'src'), { recursive: true })
    .filter((name) => /\.tsx?$/.test(name) && !name.startsWith('cli/'))
    .sort()
    .flatMap((name) => {
      const touched = surroundingsTouched(readFileSync(join(project, 'src', name), 'utf8'))
      return touched.map((what) => ({ rule: 'surroundings-in-cli-only', from: `src/${name}`, to: what }))
    })
}

/** For each rule, one file that breaks it. */
const PLANTED = {
  'no-cycles': { 'src/model/a.ts': "import './b.js'", 'src/model/b.ts': "import './a.js'" },
  'no-unresolved': { 'src/model/unresolved.ts': "import './nowhere.js'" },
  'errors-is-a-leaf': { 'src/errors.ts': "import './model/leaf.js'" },
  'model-imports-nothing': { 'src/model/up.ts': "import type { S } from '../store/leaf.js'" },
  'store-imports-model': { 'src/store/up.ts': "import '../ingest/index.js'" },
  'features-import-downward': { 'src/alerts/up.ts': "import '../cli/leaf.js'" },
  'features-share-through-index': { 'src/lookup/aside.ts': "import '../ingest/inside.js'" },
  'outside-through-index': { 'src/commands/inside.ts': "await import('../ingest/inside.js')" },
  'cli-imports-downward': { 'src/cli/up.ts': "import '../ui/leaf.js'" },
  'commands-are-imported-by-nobody': { 'src/ui/commands.ts': "import '../commands/leaf.js'" },
  'ui-never-sees-the-store': { 'src/ui/store.ts': "import '../store/leaf.js'" },
  'databases-in-store-only': { 'src/ingest/database.ts': "import '@duckdb/node-api'" },
  'oclif-in-commands-and-cli-only': { 'src/report/oclif.ts': "import '@oclif/core/flags'" },
  'ink-in-ui-only': { 'src/search/ink.ts': "import 'ink'" },
  'no-test-code': { 'src/model/test.ts': "import '../../test/leaf.js'" },
}
const LEAVES = ['model', 'store', 'cli', 'ui', 'commands'].map((room) => `src/${room}/leaf.ts`)
const ALLOWED = {
  'src/ingest/inside.ts': "import '../errors.js'; import '../model/leaf.js'; import '../store/leaf.js'",
  'src/ingest/index.ts': "export * from './inside.js'",
  'src/conflicts/good.ts': "import '../ingest/index.js'",
  'src/commands/good.ts': "import '@oclif/core'; import '../cli/leaf.js'; import '../conflicts/index.js'",
  'src/conflicts/index.ts': "export * from './good.js'",
  'src/store/database.ts': "import '@duckdb/node-api'; import 'better-sqlite3'",
}

/** Complaints about the rules themselves: a planted breach that is not caught, or a good import that is. */
async function selfTest() {
  const scratch = realpathSync(mkdtempSync(join(tmpdir(), 'recital-layers-')))
  try {
    const leaves = Object.fromEntries([...LEAVES, 'test/leaf.ts'].map((name) => [name, 'export type S = 1']))
    const files = Object.assign({ ...leaves, ...ALLOWED }, ...Object.values(PLANTED))
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(scratch, name)), { recursive: true })
      writeFileSync(join(scratch, name), `${text}\n`)
    }
    const { breaches } = await importBreaches(scratch)
    return [...uncaught(breaches), ...wronglyCaught(breaches), ...surroundingsSelfTest()]
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}

function uncaught(breaches) {
  return rules.forbidden.flatMap(({ name }) => {
    const planted = Object.keys(PLANTED[name] ?? {})
    const isCaught = breaches.some(({ rule, from }) => rule === name && planted.includes(from))
    return isCaught ? [] : [`${name} did not catch its planted breach`]
  })
}

function wronglyCaught(breaches) {
  return breaches
    .filter(({ rule, from }) => from in ALLOWED && rule !== 'no-unresolved')
    .map(({ rule, from, to }) => `${rule} complains about ${from} -> ${to}`)
}

function surroundingsSelfTest() {
  const bad = ['process.env.X', 'Date.now()', 'new Date()', 'Math.random()', 'console.log(1)', "import 'node:process'"]
  const good = ["// process.env\nconst text = 'console.log'", 'new Date(0)', 'options.process.run()', 'postprocess.x']
  return [
    ...bad.filter((text) => surroundingsTouched(text).length !== 1).map((text) => `not caught: ${text}`),
    ...good.filter((text) => surroundingsTouched(text).length > 0).map((text) => `wrongly caught: ${text}`),
  ]
}

const complaints = await selfTest()
const { seen, breaches } = await importBreaches(project)
if (seen <= FEWEST_MODULES) complaints.push(`only ${seen} modules were seen`)
for (const complaint of complaints) console.error(`error: the layer check is broken: ${complaint}`)
const found = [...breaches, ...surroundingBreaches()]
for (const { rule, from, to } of found) console.error(`error: ${rule}: ${from} -> ${to}`)
console.log(`${seen} modules checked, ${found.length} breaches of ${rules.forbidden.length + 1} rules.`)
if (complaints.length + found.length > 0) process.exitCode = 1
