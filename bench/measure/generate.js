/** Writing the synthetic catalogue with its truth, beside writing the same files again. */
import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { runNode } from '../support/run-process.js'
import { bytesOf, command } from '../support/size.js'

/** Recordings without a valid ISRC are in the society's feed only. */
const MALFORMED_STORY = 'malformed-isrc'

const parquetFiles = (folder) =>
  readdirSync(folder, { recursive: true })
    .filter((name) => name.endsWith('.parquet'))
    .sort()
    .map((name) => join(folder, name))

/** Throws unless every file has the rows that were told, and the service all tracks. */
async function checkCatalogue(size) {
  const deliveries = size.deliveries()
  if (deliveries.length !== size.options.snapshots * size.options.providers)
    throw new Error(`${deliveries.length} deliveries were written`)
  for (const { path, relations } of deliveries) {
    for (const [relation, told] of Object.entries(relations)) {
      const rows = await size.truth.rowsIn(join(path, `${relation}.parquet`))
      if (rows !== told) throw new Error(`${path}, ${relation}: ${told} rows told, ${rows} in the file`)
    }
  }
  const last = deliveries.filter(({ feed }) => feed === 'service/rights').at(-1)
  const tracks = (last?.relations.recordings ?? 0) + size.truth.instances(MALFORMED_STORY)
  if (tracks !== size.tracks) throw new Error(`${size.tracks} tracks asked for, ${tracks} written`)
}

export const generate = {
  name: 'generate',
  async measure(size) {
    const { tracks, catalogue, options } = size
    const { seed, snapshots, providers } = options
    const numbers = Object.entries({ tracks, seed, snapshots, providers }).flatMap(([name, value]) => [
      `--${name}`,
      `${value}`,
    ])
    const ended = await runNode(command('synth', catalogue, ...numbers, '--truth', '--json', '--quiet'))
    size.made = JSON.parse(ended.stdout)
    await checkCatalogue(size)
    const copies = join(size.folder, 'copies')
    const floor = await size.floor('write', copies, ...parquetFiles(catalogue))
    rmSync(copies, { recursive: true })
    const { seconds, cpuSeconds, peakBytes } = ended
    return {
      ...{ seconds, cpuSeconds, peakBytes },
      floorSeconds: floor.seconds,
      rows: size.made.rows,
      diskBytes: bytesOf(catalogue),
      tracks: tracks * snapshots,
    }
  },
  rows: [
    { id: 'generate-seconds', label: 'generate', unit: 's', of: (f) => f.middle('seconds'), grows: true },
    { id: 'generate-cpu', label: '  processor time', unit: 's', of: (f) => f.middle('cpuSeconds') },
    {
      id: 'generate-tracks',
      label: '  tracks per second, of each snapshot',
      unit: '/s',
      of: (f) => f.ratio(f.middle('tracks'), f.middle('seconds')),
      aim: '>= 50 k/s',
    },
    {
      id: 'generate-rate',
      label: '  rows per second',
      unit: '/s',
      of: (f) => f.ratio(f.middle('rows'), f.middle('seconds')),
    },
    {
      id: 'generate-ratio',
      label: '  / bare write',
      unit: 'x',
      of: (f) => f.ratio(f.middle('seconds'), f.middle('floorSeconds')),
    },
    { id: 'generate-peak', label: '  peak memory', unit: 'bytes', of: (f) => f.middle('peakBytes') },
    { id: 'generate-disk', label: '  on disk', unit: 'bytes', of: (f) => f.middle('diskBytes') },
  ],
}
