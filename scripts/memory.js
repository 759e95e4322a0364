/**
 * Ingests large made-up files with a small --memory and tells the highest resident memory of the process: a figure to look
 * at, never a pass or a fail.
 *
 *   node scripts/memory.js [--megabytes 1500] [--memory 512MB] [--case plain,quoted,odd,line]
 *
 * Cases: `plain` has no quotes, `quoted` quotes one cell of each row, `odd` ends one line with CRLF and the others with LF,
 * which only the exact reader takes; `line` is a CSV and a JSONL file of three rows each, one of them of 100 MB.
 */

import { once } from 'node:events'
import { createWriteStream, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { killAll, runNode } from '../bench/support/run-process.js'

const PROGRAM = fileURLToPath(new URL('../bin/run.js', import.meta.url))
const MEGABYTE = 1e6
const ROWS_AT_ONCE = 20_000
const LONG_LINE = 100 * MEGABYTE

const { values } = parseArgs({
  options: {
    megabytes: { type: 'string', default: '1500' },
    memory: { type: 'string', default: '512MB' },
    case: { type: 'string', default: 'plain,quoted,odd,line' },
  },
})

/** Writes pieces of text one after the other, waiting for the disk. */
async function write(path, pieces) {
  const file = createWriteStream(path)
  for (const piece of pieces) if (!file.write(piece)) await once(file, 'drain')
  file.end()
  await once(file, 'finish')
}

function* sharesOf(megabytes, kind) {
  let written = 0
  yield 'work_id,party_id,share,share_kind,right,role,territories,valid_from,note\n'
  for (let row = 0; written < megabytes * MEGABYTE; ) {
    const lines = []
    for (const end = row + ROWS_AT_ONCE; row < end; row += 1) {
      const note = kind === 'quoted' ? `"row ""${row}"", as it came"` : `row ${row} as it came`
      const cells = [
        `W-${row % 5_000_000}`,
        `P-${row}`,
        `${row % 101}.5`,
        'ownership',
        'mech',
        'publisher',
        'WORLD|!US',
        '2015-01-01',
      ]
      lines.push(`${cells.join(',')},${note}${kind === 'odd' && row === 0 ? '\r' : ''}\n`)
    }
    const piece = lines.join('')
    written += piece.length
    yield piece
  }
}

function* longLine(before, after) {
  yield before
  for (let written = 0; written < LONG_LINE; written += MEGABYTE) yield 'x'.repeat(MEGABYTE)
  yield after
}

async function makeCase(kind, folder) {
  if (kind !== 'line') return write(join(folder, 'shares.csv'), sharesOf(Number(values.megabytes), kind))
  await write(join(folder, 'parties.csv'), longLine('party_id,name\nP1,Ada\nP2,', '\nP3,Bo\n'))
  const object = (id, name) => `{"party_id":"${id}","name":"${name}"}\n`
  await write(
    join(folder, 'parties-2.jsonl'),
    longLine(`${object('P4', 'Cy')}{"party_id":"P5","name":"`, `"}\n${object('P6', 'Di')}`),
  )
}

const megabytes = (bytes) => `${Math.round(bytes / MEGABYTE)} MB`

async function measure(kind, folder) {
  const delivery = join(folder, 'delivery')
  mkdirSync(delivery)
  await makeCase(kind, delivery)
  const size = kind === 'line' ? 2 * LONG_LINE : statSync(join(delivery, 'shares.csv')).size
  const workspace = ['--workspace', join(folder, '.recital')]
  await runNode([PROGRAM, 'init', ...workspace])
  const options = [
    '--feed',
    'p/x',
    '--received',
    '2020-01-01',
    '--memory',
    values.memory,
    '--max-rejects',
    '2',
    '--json',
  ]
  const { seconds, peakBytes, stdout } = await runNode([PROGRAM, 'ingest', delivery, ...options, ...workspace])
  const rows = JSON.parse(stdout).snapshots.flatMap(({ files }) => files)
  const [staged, rejected] = ['staged', 'rejected'].map((name) => rows.reduce((sum, file) => sum + file[name], 0))
  const peak = peakBytes === null ? 'not told by this system' : megabytes(peakBytes)
  console.log(
    `${kind}: ${megabytes(size)}, ${staged} rows, ${rejected} rejected, --memory ${values.memory}: peak ${peak}, ${seconds.toFixed(1)} s`,
  )
}

process.on('SIGINT', () => process.exit(130))
process.on('exit', killAll)
for (const kind of values.case.split(',')) {
  const folder = mkdtempSync(join(tmpdir(), 'recital-memory-'))
  try {
    await measure(kind, folder)
  } catch (error) {
    console.log(`${kind}: failed: ${error.message}`)
    process.exitCode = 1
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
