/** What changed between two CSV files of the service's recordings, beside reading every value of both. */
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { runNode } from '../support/run-process.js'
import { command } from '../support/size.js'
import { query } from '../support/truth.js'

const FEED = 'label/catalogue'
const RELATION = 'recordings'
const quoted = (text) => `'${text.replaceAll("'", "''")}'`

/** Two snapshots of a relation as CSV, the rows of each in another order than those of the other. */
async function asCsv(before, after, folder) {
  mkdirSync(folder)
  const files = []
  for (const [name, { path }, order] of [
    ['old', before, ''],
    ['new', after, 'ORDER BY hash(recording_id)'],
  ]) {
    const [source, target] = [join(path, `${RELATION}.parquet`), join(folder, `${name}.csv`)].map(quoted)
    await query(`COPY (SELECT * FROM read_parquet(${source}) ${order}) TO ${target} (FORMAT csv, HEADER true)`)
    files.push(join(folder, `${name}.csv`))
  }
  return files
}

function checkDiff(stdout, changes, before, after) {
  const { rows, created, updated, deleted } = JSON.parse(stdout)
  const told = { old: rows.old, new: rows.new, created, updated, deleted }
  const { create = 0, update = 0, delete: gone = 0 } = changes[RELATION] ?? {}
  const wanted = {
    old: before.relations[RELATION],
    new: after.relations[RELATION],
    created: create,
    updated: update,
    deleted: gone,
  }
  for (const [name, value] of Object.entries(wanted))
    if (told[name] !== value) throw new Error(`diff, ${name}: ${value} by the truth, ${told[name]} told`)
}

export const diff = {
  name: 'diff',
  command: 'diff',
  needs: ['generate'],
  async measure(size) {
    const [before, after] = size.deliveries().filter(({ feed, round }) => feed === FEED && round < 3)
    const folder = join(size.folder, 'diff')
    const files = await asCsv(before, after, folder)
    const floor = await size.floor('scan', ...files)
    const { stdout, ...ended } = await runNode(command('diff', ...files, '--key', 'recording_id', '--json', '--quiet'))
    checkDiff(stdout, await size.truth.changes(after), before, after)
    rmSync(folder, { recursive: true })
    return { ...ended, floorSeconds: floor.seconds, rows: before.relations[RELATION] + after.relations[RELATION] }
  },
  rows: [
    { id: 'diff-seconds', label: 'diff of two CSVs', unit: 's', of: (f) => f.middle('seconds'), grows: true },
    {
      id: 'diff-rate',
      label: '  rows per second',
      unit: '/s',
      of: (f) => f.ratio(f.middle('rows'), f.middle('seconds')),
    },
    {
      id: 'diff-ratio',
      label: '  / bare scan',
      unit: 'x',
      of: (f) => f.ratio(f.middle('seconds'), f.middle('floorSeconds')),
      aim: '<= 2',
    },
    { id: 'diff-peak', label: '  peak memory', unit: 'bytes', of: (f) => f.middle('peakBytes'), aim: '< 2 GB' },
  ],
}
