/** The first snapshot of every feed into an empty workspace, in one go, beside a bare load of the same files. */
import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { checkIngest } from '../support/check-ingest.js'
import { bytesOf } from '../support/size.js'

/** The Parquet files of deliveries. */
export const filesOf = (deliveries) =>
  deliveries.flatMap(({ path }) =>
    readdirSync(path)
      .filter((name) => name.endsWith('.parquet'))
      .sort()
      .map((name) => join(path, name)),
  )

export const rowsOf = (deliveries) =>
  deliveries.flatMap(({ relations }) => Object.values(relations)).reduce((sum, rows) => sum + rows, 0)

/** A bare load of files into a database that is removed again. */
export async function bareLoad(size, files) {
  const database = join(size.folder, 'bare.duckdb')
  const { seconds, peakBytes } = await size.floor('load', database, ...files)
  const diskBytes = bytesOf(database)
  rmSync(database)
  return { floorSeconds: seconds, floorPeakBytes: peakBytes, floorDiskBytes: diskBytes }
}

export const ingest = {
  name: 'ingest',
  needs: ['generate'],
  async measure(size) {
    const deliveries = size.deliveries().filter(({ round }) => round === 1)
    const floor = await bareLoad(size, filesOf(deliveries))
    const { stdout, ...ended } = await size.run('ingest', ...deliveries.map(({ path }) => path), '--json')
    await checkIngest(stdout, deliveries, size.truth)
    return { ...ended, ...floor, rows: rowsOf(deliveries), diskBytes: bytesOf(size.workspace) }
  },
  rows: [
    { id: 'ingest-seconds', label: 'ingest, first snapshots', unit: 's', of: (f) => f.middle('seconds'), grows: true },
    { id: 'ingest-cpu', label: '  processor time', unit: 's', of: (f) => f.middle('cpuSeconds') },
    {
      id: 'ingest-rate',
      label: '  rows per second',
      unit: '/s',
      of: (f) => f.ratio(f.middle('rows'), f.middle('seconds')),
    },
    { id: 'ingest-floor', label: '  bare load', unit: 's', of: (f) => f.middle('floorSeconds'), grows: true },
    {
      id: 'ingest-ratio',
      label: '  / bare load',
      unit: 'x',
      of: (f) => f.ratio(f.middle('seconds'), f.middle('floorSeconds')),
    },
    { id: 'ingest-peak', label: '  peak memory', unit: 'bytes', of: (f) => f.middle('peakBytes') },
    {
      id: 'ingest-floor-peak',
      label: '  peak memory, bare load',
      unit: 'bytes',
      of: (f) => f.middle('floorPeakBytes'),
    },
    { id: 'ingest-disk', label: '  on disk', unit: 'bytes', of: (f) => f.middle('diskBytes') },
    { id: 'ingest-floor-disk', label: '  on disk, bare load', unit: 'bytes', of: (f) => f.middle('floorDiskBytes') },
  ],
}
