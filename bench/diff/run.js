/**
 * `recital diff` against the time that DuckDB takes to read every value of both files, in the same run.
 *
 *   node bench/diff/run.js [--rows 1e4,1e5,1e6] [--memory 2GB] [--threads 2] [--out parquet|jsonl|none] [--keep FOLDER]
 *
 * Two CSV files of 10 columns, rows shuffled in each, 0.2 % deleted, 0.2 % created, 2 % updated. Prints a table of ratios and
 * of the peak memory of the process; absolute times are of the machine and no verdict. Where others work on the machine as
 * well, the ratio of processor time says more than that of elapsed time.
 */
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { DuckDBInstance } from '@duckdb/node-api'

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '1e4,1e5,1e6' },
    memory: { type: 'string', default: '2GB' },
    threads: { type: 'string', default: '2' },
    out: { type: 'string', default: 'parquet' },
    keep: { type: 'string' },
    runs: { type: 'string', default: '3' },
    quoted: { type: 'boolean', default: false },
  },
})

const COLUMNS = ['id', 'owner', 'title', 'price', 'quantity', 'since', 'country', 'section', 'token', 'note']
const program = fileURLToPath(new URL('../../bin/run.js', import.meta.url))
const folder = values.keep ?? mkdtempSync(join(tmpdir(), 'recital-bench-diff-'))
mkdirSync(folder, { recursive: true })

/** Rows whose content is a function of their number and of a version: version 2 has another price. */
const rowSql = (version, quote) => `'K' || lpad(i::VARCHAR, 9, '0') AS id, 'owner ' || (hash(i, 1) % 40) AS owner,
  'Title of ' || (hash(i, 2) % 100000) AS title,
  (hash(i, 3, ${version}) % 10000)::VARCHAR || '.' || lpad((hash(i, 4) % 100)::VARCHAR, 2, '0') AS price,
  (hash(i, 5) % 500)::VARCHAR AS quantity, (DATE '2015-01-01' + (hash(i, 6) % 3000)::INTEGER)::VARCHAR AS since,
  CASE WHEN hash(i, 7) % 5 = 0 THEN '' ELSE 'DE' END AS country, 'section ' || (hash(i, 8) % 30) AS section,
  hash(i, 9)::VARCHAR AS token, 'note ' || (hash(i, 10) % 1000000) ${quote ? `|| CASE WHEN i % 50 = 0 THEN ', "so"' ELSE '' END` : ''} AS note`

async function database() {
  const instance = await DuckDBInstance.create(':memory:', {
    threads: values.threads,
    memory_limit: '1500MB',
    temp_directory: join(folder, 'spill'),
  })
  return instance.connect()
}

async function generate(rows) {
  const place = join(folder, `${rows}${values.quoted ? 'q' : ''}`)
  if (existsSync(join(place, 'new.csv'))) return place
  mkdirSync(place, { recursive: true })
  const db = await database()
  const write = (name, version, out, seed) =>
    db.run(
      `COPY (SELECT ${rowSql(version, values.quoted)} FROM range(${rows}) t(i) WHERE hash(i, ${out}) % 1000 >= 2 ORDER BY hash(i, ${seed})) TO '${join(place, name)}' (HEADER)`,
    )
  await write('old.csv', '1', 55, 21)
  await write('new.csv', `CASE WHEN hash(i, 77) % 100 < 2 THEN 2 ELSE 1 END`, 56, 22)
  db.closeSync()
  return place
}

const seconds = (since) => Number(process.hrtime.bigint() - since) / 1e9

async function readEveryValue(place) {
  const db = await database()
  const before = process.cpuUsage()
  const began = process.hrtime.bigint()
  for (const name of ['old.csv', 'new.csv']) {
    const columns = COLUMNS.map((column) => `'${column}': 'VARCHAR'`).join(', ')
    await db.run(
      `SELECT ${COLUMNS.map((column) => `sum(strlen(${column}))`).join(' + ')} FROM read_csv('${join(place, name)}', header = true,
       delim = ',', quote = '"', escape = '"', auto_detect = false, columns = {${columns}})`,
    )
  }
  const elapsed = seconds(began)
  const { user, system } = process.cpuUsage(before)
  db.closeSync()
  return { elapsed, cpu: (user + system) / 1e6 }
}

/** Ticks of the processor's time in a second, as Linux counts them for programs. */
const TICKS = 100

/** Kilobytes that a process has held at most so far, and seconds of all its threads. */
function usageOf(pid) {
  try {
    const peak = Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0)
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ')
    return { peak, cpu: (Number(fields[11]) + Number(fields[12])) / TICKS }
  } catch {
    return { peak: 0, cpu: 0 }
  }
}

async function diff(place) {
  const out = join(place, `changes.${values.out}`)
  rmSync(out, { force: true })
  const args = [program, 'diff', join(place, 'old.csv'), join(place, 'new.csv'), '--key', 'id', '--json', '--quiet']
  const limits = ['--memory', values.memory, '--threads', values.threads]
  const began = process.hrtime.bigint()
  const child = spawn(process.execPath, [...args, ...limits, ...(values.out === 'none' ? [] : ['--out', out])])
  let text = ''
  child.stdout.on('data', (piece) => {
    text += piece
  })
  child.stderr.pipe(process.stderr)
  let [peak, cpu] = [0, 0]
  const watching = setInterval(() => {
    const seen = usageOf(child.pid)
    peak = Math.max(peak, seen.peak)
    cpu = Math.max(cpu, seen.cpu)
  }, 20)
  const code = await new Promise((resolve) => child.on('close', resolve))
  clearInterval(watching)
  if (code !== 0) throw new Error(`recital diff ended with ${code}`)
  return { elapsed: seconds(began), peak, cpu, document: JSON.parse(text) }
}

/** What the generator planted, counted without the program. */
async function planted(rows) {
  const db = await database()
  const reader = await db.runAndReadAll(
    `SELECT count(*) FILTER (a AND NOT b) AS deleted, count(*) FILTER (b AND NOT a) AS created, count(*) FILTER (a AND b AND
       hash(i, 77) % 100 < 2 AND hash(i, 3, 1) % 10000 <> hash(i, 3, 2) % 10000) AS updated
     FROM (SELECT i, hash(i, 55) % 1000 >= 2 AS a, hash(i, 56) % 1000 >= 2 AS b FROM range(${rows}) t(i))`,
  )
  db.closeSync()
  return Object.fromEntries(Object.entries(reader.getRowObjects()[0]).map(([name, n]) => [name, Number(n)]))
}

const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)]

console.log('| rows a side | MB a side | read every value, s | diff, s | ratio | ratio of processor time | peak MB |')
console.log('| --- | --- | --- | --- | --- | --- | --- |')
try {
  for (const rows of values.rows.split(',').map(Number)) {
    const place = await generate(rows)
    const [reads, diffs, ratios] = [[], [], []]
    let peak = 0
    for (let run = 0; run < Number(values.runs); run += 1) {
      const read = await readEveryValue(place)
      reads.push(read.elapsed)
      const found = await diff(place)
      diffs.push(found.elapsed)
      ratios.push(found.cpu / read.cpu)
      peak = Math.max(peak, found.peak)
      const { created, updated, deleted } = found.document
      const expected = await planted(rows)
      for (const [name, n] of Object.entries({ created, updated, deleted })) {
        if (n !== expected[name]) throw new Error(`${name}: ${n} found, ${expected[name]} planted`)
      }
    }
    const [read, took] = [median(reads), median(diffs)]
    const size = Math.round(statSync(join(place, 'old.csv')).size / 1e6)
    console.log(
      `| ${rows.toExponential().replace('e+', 'e')} | ${size} | ${read.toFixed(2)} | ${took.toFixed(2)} | ${(took / read).toFixed(2)} | ${median(ratios).toFixed(2)} | ${Math.round(peak / 1000)} |`,
    )
  }
} finally {
  if (values.keep === undefined) rmSync(folder, { recursive: true, force: true })
}
