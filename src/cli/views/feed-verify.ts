/** The answer of `recital feed verify`: a comparison, or the history of comparisons. */
import { percentOf } from '../../snapshots/index.js'
import type { Agreement } from '../../store/casebook/agreements.js'
import type { MismatchClass, MismatchGroup, Verification } from '../../verify/index.js'
import type { Output } from '../output.js'
import type { Compared } from '../verify.js'
import { count, plural } from './words.js'

interface ComparisonDocument {
  kind: 'recital.feed.verify'
  version: 1
  feed: string | null
  snapshot: string | null
  relation: string | null
  old: string
  new: string
  against: string
  ours: Verification['ours']
  theirs: Verification['theirs']
  /** changes = agreed + explained + unexplained. */
  changes: number
  agreed: number
  explained: number
  unexplained: number
  onlyOurs: number
  onlyTheirs: number
  /** The same key on both sides, but not the same change. */
  different: number
  classes: Record<MismatchClass, number>
  groups: readonly MismatchGroup[]
  columns: { onlyOurs: readonly string[]; onlyTheirs: readonly string[] }
  allowed: Verification['allowances']
  expired: Verification['expired']
}

interface HistoryDocument {
  kind: 'recital.feed.verify'
  version: 1
  feed: string
  /** Comparisons in a row, up to the last, that left nothing unexplained. */
  clean: number
  /** In the order in which they were made. */
  history: readonly Agreement[]
}

export type FeedVerifyDocument = ComparisonDocument | HistoryDocument

export function comparisonDocument({ verified, ...what }: Compared): ComparisonDocument {
  const { classes, ours, theirs, changes, agreed, explained, unexplained, groups, columns, pair } = verified
  return {
    kind: 'recital.feed.verify',
    version: 1,
    ...{ feed: what.feed, snapshot: what.snapshot, relation: what.relation },
    ...{ old: pair.old.shown, new: pair.new.shown, against: what.against },
    ...{ ours, theirs, changes, agreed, explained, unexplained },
    onlyOurs: classes['only-ours'],
    onlyTheirs: classes['only-theirs'],
    different: classes.operation + classes.value + classes.representation,
    classes: { ...classes },
    groups,
    columns,
    allowed: verified.allowances,
    expired: verified.expired,
  }
}

export function historyDocument(feed: string, history: readonly Agreement[]): HistoryDocument {
  const lastBad = history.findLastIndex(({ unexplained }) => unexplained > 0)
  return { kind: 'recital.feed.verify', version: 1, feed, clean: history.length - 1 - lastBad, history }
}

export function printFeedVerify(document: FeedVerifyDocument, out: Output): void {
  if ('history' in document) printHistory(document, out)
  else printComparison(document, out)
}

const WORDS: Readonly<Record<MismatchClass, string>> = {
  'only-ours': 'only ours',
  'only-theirs': 'only theirs',
  operation: 'another operation',
  value: 'another value',
  representation: 'the same, written in another way',
}

function printComparison(document: ComparisonDocument, out: Output): void {
  const { changes, agreed, explained, unexplained, ours, theirs, classes } = document
  const what = document.feed === null ? '' : `${document.feed} ${document.relation}: `
  out.safe(`${what}${document.old} to ${document.new}, against ${document.against}`)
  out.line()
  const sum = (side: Verification['ours']): number => side.create + side.update + side.delete
  out.table(
    ['', 'create', 'update', 'delete', 'changes'].map((header, index) => ({
      header,
      kind: index === 0 ? ('text' as const) : ('number' as const),
    })),
    [
      ['ours', ours],
      ['theirs', theirs],
    ].map(([name, side]) => {
      const counts = side as Verification['ours']
      return [String(name), count(counts.create), count(counts.update), count(counts.delete), count(sum(counts))]
    }),
  )
  if (sum(ours) === sum(theirs) && unexplained > 0) out.line('The numbers of changes are equal, the changes are not.')
  out.line()
  out.line(
    `${out.colors.bold(`${count(agreed)} of ${count(changes)} changes agree (${percentOf(agreed, changes)})`)}, ${count(explained)} explained, ${count(unexplained)} unexplained`,
  )
  for (const [name, n] of Object.entries(classes)) if (n > 0) out.line(`  ${count(n)} ${WORDS[name as MismatchClass]}`)
  for (const group of document.groups) printGroup(group, unexplained, out)
  printRest(document, out)
}

function printGroup(group: MismatchGroup, unexplained: number, out: Output): void {
  const { class: name, cause, column, op, changes, allowed, examples, allowLine, unexplainedAfter } = group
  const where = column === null ? '' : ` in ${column}`
  out.line()
  out.safe(
    `${plural(changes, op)}: ${WORDS[name]}${cause === null ? '' : ` (${cause})`}${where}${allowed > 0 ? `, ${count(allowed)} allowed` : ''}`,
  )
  for (const { key, ours, theirs } of examples) {
    out.safe(name.startsWith('only') ? `  ${key}` : `  ${key}: ours ${shown(ours)}, theirs ${shown(theirs)}`)
  }
  if (allowed < changes)
    out.safe(`  with ${allowLine}: ${count(unexplainedAfter)} of ${count(unexplained)} left unexplained`)
}

const shown = (value: string | null): string => (value === null ? 'nothing' : JSON.stringify(value))

function printRest({ columns, allowed, expired }: ComparisonDocument, out: Output): void {
  const unused = allowed.filter(({ changes }) => changes === 0)
  if (columns.onlyOurs.length + columns.onlyTheirs.length + expired.length + unused.length > 0) out.line()
  if (columns.onlyOurs.length > 0) out.safe(`Columns that only we have, not compared: ${columns.onlyOurs.join(', ')}`)
  if (columns.onlyTheirs.length > 0)
    out.safe(`Columns that only they have, not compared: ${columns.onlyTheirs.join(', ')}`)
  for (const one of expired) out.safe(`Expired on ${one.expires}, no longer counted: ${one.reason} (${one.owner})`)
  for (const one of unused) out.safe(`Allowed without need: ${one.reason} (${one.owner}, until ${one.expires})`)
}

function printHistory({ feed, history, clean }: HistoryDocument, out: Output): void {
  out.line(out.colors.bold(`${feed}: ${plural(history.length, 'comparison')}, the last ${count(clean)} clean`))
  out.line()
  out.table(
    [
      { header: 'snapshot', kind: 'id' },
      { header: 'relation' },
      { header: 'against' },
      { header: 'changes', kind: 'number' },
      { header: 'agreed', kind: 'number' },
      { header: 'explained', kind: 'number' },
      { header: 'unexplained', kind: 'number' },
      { header: 'agreement', kind: 'number' },
    ],
    history.map((one) => [
      one.snapshot,
      one.relation,
      one.against,
      ...[one.changes, one.agreed, one.explained, one.unexplained].map(count),
      percentOf(one.agreed, one.changes),
    ]),
  )
}
