import { register as registerHooks } from 'node:module'
import { register } from 'tsx/esm/api'
registerHooks('../scripts/sql-hooks.js', import.meta.url)
register()
const source = (path) => import(new URL(`../src/${path}`, import.meta.url).href)
const { openEvidence } = await source('store/duckdb.ts')
const { conflicts } = await source('conflicts/index.ts')
const [ws, ...args] = process.argv.slice(2)
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
const gens = join(ws, '.recital/generations')
const last = readdirSync(gens).sort((a, b) => a - b).at(-1)
const open = () => openEvidence(join(gens, last, 'evidence.duckdb'), { mode: 'read', tempDirectory: '/tmp/w6/tmp', allowedDirectories: [] })
const db = await open()
let ids = args.slice(1)
const kind = args[0]
if (ids.length === 1 && /^\d+$/.test(ids[0])) {
  const [t, c] = { recording: ['recordings', 'isrc'], work: ['works', 'iswc'], party: ['parties', 'ipi_name_number'] }[kind]
  ids = (await db.rows(`SELECT DISTINCT ${c} AS c FROM statements.${t} WHERE ${c} IS NOT NULL AND NOT contains(${c},'|') ORDER BY hash(${c}) LIMIT ${ids[0]}`)).map((r) => r.c)
}
const plain = (r) => JSON.stringify({ ...r, counts: [...r.counts] }, (k, v) => (typeof v === 'bigint' ? `${v}n` : k === 'rule' && v.id ? v.id : v), 1)
let bad = 0
let found = 0
const ruleSeen = {}
for (const id of ids) {
  const times = []
  const answers = []
  for (const isLarge of [false, true]) {
    const t = performance.now()
    try { const r = await conflicts(db, { [kind]: id, limit: 0 }, { isLarge }); answers.push(plain(r)); if (isLarge) { for (const [k, n] of r.counts) { ruleSeen[k] = (ruleSeen[k] ?? 0) + n; found += n } } } catch (e) { answers.push(`ERR ${isLarge} ${e.stack}`) }
    times.push(Math.round(performance.now() - t))
  }
  const same = answers[0] === answers[1]
  if (!same || process.env.V) console.log(id, times.join(' / '), same)
  if (!same) {
    bad += 1
    if (answers[0].startsWith('ERR')) console.log(answers[0].slice(0, 1500))
    else { const [a, b] = answers.map((x) => x.split('\n')); const i = a.findIndex((l, k) => l !== b[k]); console.log(a.slice(Math.max(0,i - 12), i + 3).join('\n'), '\n--- large:\n', b.slice(Math.max(0,i-3), i + 3).join('\n')) }
    if (bad > 2) break
  }
}
console.log({ of: ids.length, bad, found, ruleSeen })
await db.close()
