/**
 * What rules cost beside a bare scan: a rule set over made-up changes, evaluated by the engine as it is in the sources,
 * against one scan of the changes that reads every value, and one that reads only the columns that its rules read. Prints seconds, processor time of all threads and their ratios; no
 * time is a pass or a fail. With `--matches many` every change meets two rules on average, with `few` one change in four
 * meets one.
 *
 *   node bench/alerts/run.js [--changes 1000000] [--rules 100] [--threads 2] [--matches many|few]
 */
import { register as registerHooks } from 'node:module'
import { performance } from 'node:perf_hooks'
import { parseArgs } from 'node:util'
import { register } from 'tsx/esm/api'

registerHooks('../../scripts/sql-hooks.js', import.meta.url)
register()
const { readRuleSet } = await import('../../src/alerts/rules/read.ts')
const { compileRules } = await import('../../src/alerts/compile/compile.ts')
const { evaluate } = await import('../../src/alerts/evaluate/evaluate.ts')
const { changesOnly } = await import('../../src/alerts/evaluate/source.ts')
const { withScratch } = await import('../../src/diff/index.ts')

const { values } = parseArgs({
  options: {
    changes: { type: 'string', default: '1000000' },
    rules: { type: 'string', default: '100' },
    threads: { type: 'string', default: '2' },
    matches: { type: 'string', default: 'many' },
  },
})
const [changes, rules, threads] = [values.changes, values.rules, values.threads].map(Number)

/** Four kinds of rule that people write, each with a limit of its own. */
const CONDITIONS = {
  many: [
    (n) => `after.price >= ${2 + n / 10} * before.price and after.quantity > 0`,
    (n) => `after.quantity - before.quantity >= ${10 + n}`,
    (n) => `after.section = 's${n}' and before.section <> after.section`,
    (n) => `after.note like '%word${n}%' or after.price > ${900 + n}`,
  ],
  few: [
    (n) => `after.price >= ${80 + 2 * n} * before.price and after.quantity > 15`,
    (n) => `after.quantity - before.quantity >= ${30 + n}`,
    (n) => `after.section = 's${n}' and before.section <> after.section`,
    (n) => `after.note like '%word${1000 + n}%' or after.price > ${999 + n}`,
  ],
}[values.matches]
const set = readRuleSet(
  `rules:\n${Array.from({ length: rules }, (_, n) => `  - {id: r${n}, on: any, when: "${CONDITIONS[n % CONDITIONS.length](n)}"}`).join('\n')}`,
  'rules.yaml',
)

const COLUMNS = {
  id: ['BIGINT', 'i'],
  price: ['DECIMAL(10,2)', '((i * 7919 + s * 31) % 100000)::DECIMAL(12,2) / 100'],
  quantity: ['BIGINT', '(i * 31 + s * 17) % 20'],
  section: ['VARCHAR', "'s' || ((i * 13 + s * 5) % 97)"],
  note: ['VARCHAR', "'a note with word' || ((i * 11 + s) % 5000) || ' in it'"],
  event: ['VARCHAR', "'event ' || (i % 300)"],
}

/** Least of three, in seconds of the clock and of processors: what the machine can do. */
async function best(work) {
  let [wall, cpu] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]
  for (let round = 0; round < 3; round += 1) {
    const [begun, used] = [performance.now(), process.cpuUsage()]
    await work()
    const { user, system } = process.cpuUsage(used)
    wall = Math.min(wall, (performance.now() - begun) / 1000)
    cpu = Math.min(cpu, (user + system) / 1e6)
  }
  return { wall, cpu }
}

await withScratch({ folders: [], threads }, async ({ db }) => {
  const names = Object.keys(COLUMNS)
  const side = (which, s) =>
    names.map(
      (name) =>
        `(${COLUMNS[name][1].replaceAll(' s ', ` ${s} `).replaceAll('s)', `${s})`)})::${COLUMNS[name][0]} AS "${which}.${name}"`,
    )
  await db.run(
    `CREATE TABLE changes AS SELECT i + 1 AS position, 'update' AS op, ['price'] AS changed, i AS "key.id", ${[...side('before', 0), ...side('after', 1)].join(', ')} FROM range(${changes}) t(i)`,
  )
  const columns = names.map((name) => ({ name, type: COLUMNS[name][0] }))
  const source = changesOnly({ table: 'changes', key: ['id'], columns })
  const read = names.flatMap((name) => [`before.${name}`, `after.${name}`])
  const text = set.rules.map(({ when }) => when).join(' ')
  const scanOf = (columns) =>
    best(() => db.rows(`SELECT ${columns.map((name) => `count(${name}), max(${name})`).join(', ')} FROM changes`))
  const everything = ['op', 'changed', 'key.id', ...read].map((name) => `"${name}"`)
  const whole = await scanOf(everything)
  const scan = await scanOf(['op', ...read.filter((name) => text.includes(name)).map((name) => `"${name}"`)])
  const compileBegun = performance.now()
  const compiled = await compileRules(db, set, { columns, key: ['id'] })
  const compile = (performance.now() - compileBegun) / 1000
  if (compiled.problems.length > 0) throw compiled.problems[0]
  let matches = 0
  const engine = await best(async () => {
    const evaluation = await evaluate(db, compiled, source)
    matches = [...evaluation.counts.values()].reduce((sum, { matched }) => sum + matched, 0)
    await evaluation.dispose()
  })
  const told = ({ wall, cpu }) => `${wall.toFixed(2)} s, ${cpu.toFixed(2)} s of processors`
  console.log(`${rules} rules, ${changes} changes, ${threads} threads: ${matches} matches`)
  console.log(`compiling the rules  ${compile.toFixed(2)} s`)
  const ratio = (floor) => `${(engine.wall / floor.wall).toFixed(1)} x, ${(engine.cpu / floor.cpu).toFixed(1)} x`
  console.log(`scan of every value  ${told(whole)}`)
  console.log(`scan of what is read ${told(scan)}`)
  console.log(`the engine           ${told(engine)}`)
  console.log(`engine / every value ${ratio(whole)}`)
  console.log(`engine / what is read ${ratio(scan)}`)
})
