/** The degree of licensing of the whole catalogue, beside a bare scan of all statements. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { bytesOf } from '../support/size.js'

const TARGET = 8e7
const RIGHTS = ['mech', 'perf', 'master']

/** The evidence of the newest generation. */
function evidenceOf({ workspace }) {
  const generations = join(workspace, '.recital/generations')
  const newest = Math.max(...readdirSync(generations).map(Number))
  return join(generations, String(newest), 'evidence.duckdb')
}

/** Throws unless all recordings were derived, each with a segment of each right. */
function checkDerived({ recordings, rights }, size) {
  // Several recordings may be one by their ISRCs, so there are a few less than tracks; more there cannot be.
  if (recordings > size.tracks || recordings < size.tracks * 0.99)
    throw new Error(`${recordings} recordings were derived of ${size.tracks} tracks`)
  for (const right of RIGHTS) {
    const segments = Object.values(rights.find((one) => one.right === right)?.segments ?? {})
    const total = segments.reduce((sum, count) => sum + count, 0)
    if (total < recordings) throw new Error(`${total} segments of ${right} for ${recordings} recordings`)
  }
}

/** Seconds of ingest and derivation, at this pace, of the catalogue that the design speaks of. */
function toAnswer(f) {
  const [ingest, derived] = [f.other('ingest').middle('seconds'), f.middle('seconds')]
  return f.ratio(ingest === null || derived === null ? null : (ingest + derived) * TARGET, f.middle('recordings'))
}

export const derive = {
  name: 'derive',
  command: 'derive',
  needs: ['next'],
  async measure(size) {
    const floor = await size.floor('tables', evidenceOf(size))
    const { stdout, ...ended } = await size.run('derive', '--json')
    const derived = JSON.parse(stdout)
    checkDerived(derived, size)
    return {
      ...ended,
      floorSeconds: floor.seconds,
      recordings: derived.recordings,
      segments: derived.segments,
      diskBytes: bytesOf(size.workspace),
    }
  },
  rows: [
    { id: 'derive-seconds', label: 'derive', unit: 's', of: (f) => f.middle('seconds'), grows: true },
    { id: 'derive-cpu', label: '  processor time', unit: 's', of: (f) => f.middle('cpuSeconds') },
    {
      id: 'derive-rate',
      label: '  recordings per second',
      unit: '/s',
      of: (f) => f.ratio(f.middle('recordings'), f.middle('seconds')),
    },
    {
      id: 'derive-ratio',
      label: '  / bare scan of the statements',
      unit: 'x',
      of: (f) => f.ratio(f.middle('seconds'), f.middle('floorSeconds')),
    },
    { id: 'derive-whole', label: '  ingest to answer, for 80 M tracks', unit: 's', of: toAnswer, aim: '<= 3600 s' },
    { id: 'derive-peak', label: '  peak memory', unit: 'bytes', of: (f) => f.middle('peakBytes') },
    { id: 'derive-disk', label: '  on disk', unit: 'bytes', of: (f) => f.middle('diskBytes') },
  ],
}
