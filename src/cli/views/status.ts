/** The answer of `recital status`. */
import type { EvidenceStatus } from '../../snapshots/index.js'
import type { WorkspaceSizes } from '../../store/sizes.js'
import type { Output } from '../output.js'
import { count, plural, size } from './words.js'

export interface StatusDocument extends EvidenceStatus {
  kind: 'recital.status'
  version: 1
  generation: number
  sizes: WorkspaceSizes
}

const SNAPSHOTS_SHOWN = 50

/** Feeds, then snapshots in order of receipt (the last ones), then sizes. */
export function printStatus(document: StatusDocument, out: Output): void {
  const { feeds, snapshots, generation, sizes } = document
  out.line(
    out.colors.bold(
      `Generation ${generation}: ${plural(feeds.length, 'feed')}, ${plural(snapshots.length, 'snapshot')}`,
    ),
  )
  out.line()
  out.table(
    [
      { header: 'feed', kind: 'id' },
      { header: 'snapshots', kind: 'number' },
      { header: 'published', kind: 'id' },
      { header: 'received', kind: 'id' },
      { header: 'days behind', kind: 'number' },
      { header: 'statements', kind: 'number' },
    ],
    feeds.map((feed) => [
      feed.feed,
      count(feed.snapshots),
      feed.lastPublished.slice(0, 10),
      feed.lastReceived.slice(0, 10),
      count(feed.daysBehind),
      count(Object.values(feed.statements).reduce((sum, n) => sum + n, 0)),
    ]),
  )
  out.line()
  out.table(
    [{ header: 'feed', kind: 'id' }, { header: 'relation' }, { header: 'statements that stand', kind: 'number' }],
    feeds.flatMap(({ feed, statements }) => Object.entries(statements).map(([name, n]) => [feed, name, count(n)])),
  )
  out.line()
  out.table(
    [
      { header: 'snapshot', kind: 'id' },
      { header: 'feed', kind: 'text' },
      { header: 'received', kind: 'id' },
      { header: 'lines', kind: 'number' },
      { header: 'rejected', kind: 'number' },
      { header: 'notes', kind: 'number' },
      { header: 'marks' },
    ],
    snapshots
      .slice(-SNAPSHOTS_SHOWN)
      .map((one) => [
        one.id,
        one.feed,
        one.received,
        count(one.lines),
        count(one.rejected),
        count(one.findings),
        [one.scope, one.late ? 'late' : '', one.partial ? 'incomplete' : ''].filter((mark) => mark !== '').join(', '),
      ]),
  )
  if (snapshots.length > SNAPSHOTS_SHOWN)
    out.line(`and ${count(snapshots.length - SNAPSHOTS_SHOWN)} before them; see --json`)
  out.line()
  out.line(
    `On disk: evidence ${size(sizes.evidence)}, archive of deliveries ${size(sizes.archive)}, casebook ${size(sizes.casebook)}`,
  )
}
