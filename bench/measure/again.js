/** The first snapshots once more: all are known already, and nothing changes. What is left is to find that out. */
import { filesOf } from './ingest.js'

export const again = {
  name: 'again',
  needs: ['ingest'],
  async measure(size) {
    const deliveries = size.deliveries().filter(({ round }) => round === 1)
    const floor = await size.floor('scan', ...filesOf(deliveries))
    const { stdout, ...ended } = await size.run('ingest', ...deliveries.map(({ path }) => path), '--json')
    const { snapshots } = JSON.parse(stdout)
    const known = snapshots.filter(({ alreadyKnown }) => alreadyKnown)
    if (known.length !== deliveries.length)
      throw new Error(`${known.length} of ${deliveries.length} deliveries were known`)
    return { ...ended, floorSeconds: floor.seconds }
  },
  rows: [
    { id: 'again-seconds', label: 'ingest, all known already', unit: 's', of: (f) => f.middle('seconds'), grows: true },
    {
      id: 'again-ratio',
      label: '  / bare scan',
      unit: 'x',
      of: (f) => f.ratio(f.middle('seconds'), f.middle('floorSeconds')),
    },
  ],
}
