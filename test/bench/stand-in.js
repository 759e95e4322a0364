/**
 * Stands in for the program, so that the benchmark is tested without a build: it compares the deliveries line by line, by
 * key, in memory, and reports as `recital ingest --json` does. Also an oracle: its counts owe nothing to the generator.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Places of the key's columns where it is not the first alone; none of these relations needs quotes. */
const KEYS = { links: [0, 1], shares: [0, 1, 3, 4, 5, 6, 7, 8], usage: [0, 1, 2, 4] }

function readRelation(folder, file) {
  const [, ...lines] = readFileSync(join(folder, file), 'utf8').trimEnd().split('\n')
  const places = KEYS[file.replace('.csv', '')] ?? [0]
  return Object.fromEntries(lines.map((line) => [places.map((place) => line.split(',')[place]).join(), line]))
}

function compare(before, after) {
  const keys = Object.keys(after)
  const known = keys.filter((key) => key in before)
  const unchanged = known.filter((key) => before[key] === after[key]).length
  return {
    rows: keys.length,
    created: keys.length - known.length,
    updated: known.length - unchanged,
    deleted: Object.keys(before).length - known.length,
    unchanged,
  }
}

function ingest(folder, workspace) {
  const store = join(workspace, 'rows.json')
  const before = existsSync(store) ? JSON.parse(readFileSync(store, 'utf8')) : {}
  const files = readdirSync(folder).sort()
  const after = Object.fromEntries(files.map((file) => [file.replace('.csv', ''), readRelation(folder, file)]))
  const relations = Object.entries(after).map(([name, rows]) => [name, compare(before[name] ?? {}, rows)])
  mkdirSync(workspace, { recursive: true })
  writeFileSync(store, JSON.stringify(after))
  return { kind: 'recital.ingest', version: 1, snapshots: [{ relations: Object.fromEntries(relations) }] }
}

const [command, argument] = process.argv.slice(2)
const workspace = process.argv[process.argv.indexOf('--workspace') + 1]
if (command === 'ingest') process.stdout.write(JSON.stringify(ingest(argument, workspace)))
if (command === 'lookup' && !readFileSync(join(workspace, 'rows.json'), 'utf8').includes(argument)) process.exitCode = 4
