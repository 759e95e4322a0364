/** The society's first snapshot as CSV, beside a bare read_csv of the same files; then in bounded memory. */
import { copyFileSync, mkdirSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { checkIngest } from '../support/check-ingest.js'
import { runNode } from '../support/run-process.js'
import { bytesOf, command } from '../support/size.js'
import { query } from '../support/truth.js'
import { bareLoad, filesOf, rowsOf } from './ingest.js'

const BOUND = '1GB'
const quoted = (text) => `'${text.replaceAll("'", "''")}'`

/** The delivery with its Parquet files as CSV, in a folder of its own. */
async function asCsv(delivery, folder) {
  mkdirSync(folder)
  copyFileSync(join(delivery.path, 'feed.yaml'), join(folder, 'feed.yaml'))
  const files = []
  for (const file of filesOf([delivery])) {
    const csvFile = join(folder, `${basename(file, '.parquet')}.csv`)
    await query(`COPY (SELECT * FROM read_parquet(${quoted(file)})) TO ${quoted(csvFile)} (FORMAT csv, HEADER true)`)
    files.push(csvFile)
  }
  return files
}

export const csv = {
  name: 'csv',
  needs: ['generate'],
  async measure(size) {
    const delivery = size.deliveries().find(({ feed, round }) => feed === 'society/works' && round === 1)
    const folder = join(size.folder, 'csv')
    const workspace = join(size.folder, 'csv-workspace')
    const files = await asCsv(delivery, folder)
    const csvBytes = bytesOf(folder)
    const floor = await bareLoad(size, files)
    const ingestInto = async (...flags) => {
      const { stdout, ...ended } = await runNode(
        command('ingest', folder, '--workspace', workspace, '--json', '--quiet', ...flags),
      )
      await checkIngest(stdout, [delivery], size.truth)
      rmSync(workspace, { recursive: true })
      return ended
    }
    const plain = await ingestInto()
    const bounded = await ingestInto('--memory', BOUND)
    rmSync(folder, { recursive: true })
    return {
      ...plain,
      ...floor,
      csvBytes,
      rows: rowsOf([delivery]),
      boundedSeconds: bounded.seconds,
      boundedPeakBytes: bounded.peakBytes,
    }
  },
  rows: [
    { id: 'csv-bytes', label: 'one snapshot as CSV', unit: 'bytes', of: (f) => f.middle('csvBytes') },
    { id: 'csv-seconds', label: '  ingest', unit: 's', of: (f) => f.middle('seconds'), grows: true },
    {
      id: 'csv-rate',
      label: '  rows per second',
      unit: '/s',
      of: (f) => f.ratio(f.middle('rows'), f.middle('seconds')),
    },
    {
      id: 'csv-ratio',
      label: '  / bare read_csv load',
      unit: 'x',
      of: (f) => f.ratio(f.middle('seconds'), f.middle('floorSeconds')),
      aim: '<= 3',
    },
    { id: 'csv-peak', label: '  peak memory', unit: 'bytes', of: (f) => f.middle('peakBytes') },
    {
      id: 'csv-bounded-ratio',
      label: `  --memory ${BOUND} / unbounded`,
      unit: 'x',
      of: (f) => f.ratio(f.middle('boundedSeconds'), f.middle('seconds')),
    },
    {
      id: 'csv-bounded-peak',
      label: `  peak memory, --memory ${BOUND}`,
      unit: 'bytes',
      of: (f) => f.middle('boundedPeakBytes'),
      aim: '<= 1 GB',
    },
  ],
}
