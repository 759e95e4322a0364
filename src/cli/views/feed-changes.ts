/** The answer of `recital feed changes`. */
import type { FeedChanges, RelationOfChanges } from '../feed-changes.js'
import type { Output } from '../output.js'
import { count } from './words.js'

export interface FeedChangesDocument extends FeedChanges {
  kind: 'recital.feed.changes'
  version: 1
}

/** For each relation its counts, then the first changes: what was created and deleted by key, updates cell by cell. */
export function printFeedChanges({ feed, snapshot, relations }: FeedChangesDocument, out: Output): void {
  out.line(out.colors.bold(`${feed}, snapshot ${snapshot}`))
  if (relations.length === 0) out.line('It changed nothing.')
  for (const one of relations) printRelation(one, out)
}

const MARKS = { create: '+', update: '~', delete: '-' } as const

function printRelation({ relation, key, created, updated, deleted, changes }: RelationOfChanges, out: Output): void {
  out.line()
  out.line(`${relation}: ${count(created)} created, ${count(updated)} updated, ${count(deleted)} deleted`)
  out.table(
    [{ header: ' ', kind: 'id' }, ...key.map((header) => ({ header, kind: 'id' as const })), { header: 'change' }],
    changes.map((change) => [
      MARKS[change.op],
      ...key.map((name) => change.key[name] ?? ''),
      change.op === 'update'
        ? change.changed.map((name) => `${name}: ${cell(change.before, name)} → ${cell(change.after, name)}`).join(', ')
        : change.op,
    ]),
  )
  const more = created + updated + deleted - changes.length
  if (more > 0) out.line(`and ${count(more)} more; see --limit and --out`)
}

const cell = (row: Readonly<Record<string, string | null>> | null, name: string): string => row?.[name] ?? 'nothing'
