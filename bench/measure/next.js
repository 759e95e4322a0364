/** Every further snapshot, one by one in order of receipt, as they come in life: each makes a generation of its own. */
import { checkIngest } from '../support/check-ingest.js'
import { bytesOf } from '../support/size.js'
import { bareLoad, filesOf, rowsOf } from './ingest.js'

const sum = (numbers) => (numbers.includes(null) ? null : numbers.reduce((total, number) => total + number, 0))

export const next = {
  name: 'next',
  needs: ['ingest'],
  async measure(size) {
    const deliveries = size.deliveries().filter(({ round }) => round > 1)
    const floor = await bareLoad(size, filesOf(deliveries))
    const runs = []
    for (const delivery of deliveries) {
      const { stdout, ...ended } = await size.run('ingest', delivery.path, '--json')
      await checkIngest(stdout, [delivery], size.truth)
      runs.push(ended)
    }
    return {
      ...floor,
      seconds: sum(runs.map(({ seconds }) => seconds)),
      cpuSeconds: sum(runs.map(({ cpuSeconds }) => cpuSeconds)),
      peakBytes: runs.some(({ peakBytes }) => peakBytes === null)
        ? null
        : Math.max(...runs.map(({ peakBytes }) => peakBytes)),
      rows: rowsOf(deliveries),
      each: runs.map(({ seconds }) => seconds),
      diskBytes: bytesOf(size.workspace),
    }
  },
  rows: [
    {
      id: 'next-seconds',
      label: 're-ingest, next snapshots one by one',
      unit: 's',
      of: (f) => f.middle('seconds'),
      grows: true,
    },
    { id: 'next-cpu', label: '  processor time', unit: 's', of: (f) => f.middle('cpuSeconds') },
    {
      id: 'next-rate',
      label: '  rows per second',
      unit: '/s',
      of: (f) => f.ratio(f.middle('rows'), f.middle('seconds')),
    },
    {
      id: 'next-ratio',
      label: '  / bare load',
      unit: 'x',
      of: (f) => f.ratio(f.middle('seconds'), f.middle('floorSeconds')),
    },
    { id: 'next-peak', label: '  peak memory', unit: 'bytes', of: (f) => f.middle('peakBytes') },
    { id: 'next-disk', label: '  on disk', unit: 'bytes', of: (f) => f.middle('diskBytes') },
  ],
}
