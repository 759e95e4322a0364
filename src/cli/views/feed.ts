/** The answers of `recital feed list` and `recital feed log`. */
import type { ListedFeed, LoggedSnapshot, Verdict } from '../../snapshots/index.js'
import type { Output } from '../output.js'
import { count, plural } from './words.js'

export interface FeedListDocument {
  kind: 'recital.feed.list'
  version: 1
  feeds: readonly ListedFeed[]
}

export function printFeedList({ feeds }: FeedListDocument, out: Output): void {
  out.table(
    [
      { header: 'feed', kind: 'id' },
      { header: 'provider' },
      { header: 'snapshots', kind: 'number' },
      { header: 'quarantined', kind: 'number' },
      { header: 'published', kind: 'id' },
      { header: 'received', kind: 'id' },
      { header: 'last verdict' },
    ],
    feeds.map((one) => [
      one.feed,
      one.provider,
      count(one.snapshots),
      count(one.quarantined),
      one.lastPublished,
      one.lastReceived,
      one.verdict ?? 'not judged',
    ]),
  )
}

export interface OverrideDocument {
  reason: string
  by: string
  at: string
}

export interface FeedLogDocument {
  kind: 'recital.feed.log'
  version: 1
  feed: string
  /** In the order of publication. */
  snapshots: (Omit<LoggedSnapshot, 'judgement'> & {
    verdict: Verdict | null
    quarantined: boolean
    /** What its delivery asked of its guards; null where it came before there were any. */
    guards: 'warn' | 'enforce' | null
    overrides: OverrideDocument[]
  })[]
}

export const overridesOf = ({ judgement }: Pick<LoggedSnapshot, 'judgement'>): OverrideDocument[] =>
  (judgement?.overrides ?? []).map(({ reason, by, at }) => ({ reason, by, at }))

export const feedLogDocument = (feed: string, log: readonly LoggedSnapshot[]): FeedLogDocument => ({
  kind: 'recital.feed.log',
  version: 1,
  feed,
  snapshots: log.map(({ judgement, ...one }) => ({
    ...one,
    verdict: judgement?.verdict ?? null,
    quarantined: judgement?.held ?? false,
    guards: judgement?.mode ?? null,
    overrides: overridesOf({ judgement }),
  })),
})

type LoggedDocument = FeedLogDocument['snapshots'][number]

/** What people need to know of a snapshot besides its figures. */
export function marksOf(one: Pick<LoggedDocument, 'scope' | 'late' | 'partial' | 'quarantined' | 'overrides'>): string {
  const marks = [
    one.scope,
    one.late ? 'late' : '',
    one.partial ? 'incomplete' : '',
    one.quarantined ? 'in quarantine' : '',
    one.overrides.length > 0 ? 'overruled' : '',
  ]
  return marks.filter((mark) => mark !== '').join(', ')
}

/** A line for each relation of each snapshot, then its files, then who overruled what. */
export function printFeedLog({ feed, snapshots }: FeedLogDocument, out: Output): void {
  out.line(out.colors.bold(`${feed}: ${plural(snapshots.length, 'snapshot')}, in order of publication`))
  out.line()
  const figures = ['rows', 'created', 'updated', 'deleted', 'unchanged', 'late'] as const
  out.table(
    [
      { header: 'snapshot', kind: 'id' },
      { header: 'published', kind: 'id' },
      { header: 'received', kind: 'id' },
      { header: 'relation' },
      ...figures.map((header) => ({ header, kind: 'number' as const })),
      { header: 'verdict', kind: 'id' },
      { header: 'marks', kind: 'id' },
    ],
    snapshots.flatMap((one) => {
      const relations = Object.entries(one.relations)
      const head = [one.id, one.published, one.received]
      const tail = [one.verdict ?? 'not judged', marksOf(one)]
      if (relations.length === 0) return [[...head, '', ...figures.map(() => ''), ...tail]]
      return relations.map(([name, counts], index) => [
        ...(index === 0 ? head : ['', '', '']),
        name,
        ...figures.map((figure) => count(counts[figure])),
        ...(index === 0 ? tail : ['', '']),
      ])
    }),
  )
  out.line()
  printFiles(snapshots, out)
  for (const { id, overrides } of snapshots) {
    for (const { reason, by, at } of overrides) out.safe(`${id} was taken in by ${by} on ${at.slice(0, 10)}: ${reason}`)
  }
}

/** Files told one by one; of a folder of thousands of messages the first are enough. */
const FILES_SHOWN = 3

function printFiles(snapshots: readonly LoggedDocument[], out: Output): void {
  out.table(
    [
      { header: 'snapshot', kind: 'id' },
      { header: 'file' },
      { header: 'bytes', kind: 'number' },
      { header: 'sha256', kind: 'id' },
    ],
    snapshots.flatMap(({ id, files }) => [
      ...files.slice(0, FILES_SHOWN).map(({ name, bytes, sha256 }) => [id, name, count(bytes), sha256.slice(0, 16)]),
      ...(files.length > FILES_SHOWN ? [[id, `and ${plural(files.length - FILES_SHOWN, 'more file')}`, '', '']] : []),
    ]),
  )
}
