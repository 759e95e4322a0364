/** Change events of a JSON Lines file into the database. */
import { InputError } from '../../errors.js'
import { eachLine, type OpenedTable } from '../../ingest/index.js'
import { changeColumn } from '../../model/change-set.js'
import { literal, quoted } from '../../store/columns.js'
import type { Evidence } from '../../store/duckdb.js'
import { RowAppender } from '../../store/row-appender.js'
import { freshName } from '../table-names.js'
import { type ChangeEvent, changeEvent, type EventRow } from './json-changes.js'
import type { StagedEvents } from './staged-events.js'

export interface EventsOptions {
  readonly name: string
  readonly folder: string
  readonly signal?: AbortSignal
}

const COLUMNS = [
  { name: 'line', type: 'BIGINT' },
  ...['op', 'changed', 'before', 'after'].map((name) => ({ name, type: 'VARCHAR' as const })),
] as const

const asJson = (row: EventRow | null): string | null => (row === null ? null : JSON.stringify(Object.fromEntries(row)))

/** Throws InputError `change-event` (line by line, and where two events have different keys), CancelledError. */
export async function stageJsonEvents(
  db: Evidence,
  { source, facts }: OpenedTable,
  { name, signal }: EventsOptions,
): Promise<StagedEvents> {
  const raw = freshName(db, 'json_events')
  const appender = await RowAppender.create(db, raw, [...COLUMNS])
  const columns = { before: new Set<string>(), after: new Set<string>() }
  const keys = new KeyNames(name)
  try {
    await eachLine(
      source.path,
      facts,
      { signal },
      (line) => {
        const event = changeEvent(line.text, name, line.number)
        if (event === null) return
        keys.see(event, line.number)
        const [before, after] = [withKey(event.before, event.key), withKey(event.after, event.key)]
        for (const column of before?.keys() ?? []) columns.before.add(column)
        for (const column of after?.keys() ?? []) columns.after.add(column)
        const changed = event.changed === null ? null : JSON.stringify(event.changed)
        appender.append([line.number, event.op, changed, asJson(before), asJson(after)])
      },
      async () => undefined,
    )
  } finally {
    appender.close()
  }
  const table = freshName(db, 'events')
  const all = [...new Set([...columns.before, ...columns.after])]
  const cells = (['before', 'after'] as const).flatMap((side) =>
    all.map((column) => {
      const pointer = literal(`/${column.replaceAll('~', '~0').replaceAll('/', '~1')}`)
      return `${side}->>${pointer} AS ${quoted(changeColumn(side, column))}`
    }),
  )
  await db.run(
    `CREATE TEMP TABLE ${table} AS SELECT line, op, changed::JSON::VARCHAR[] AS changed${cells.map((cell) => `, ${cell}`).join('')}
     FROM (SELECT line, op, changed, before::JSON AS before, after::JSON AS after FROM ${raw}); DROP TABLE ${raw}`,
  )
  const named = (names: Set<string>): readonly string[] | null => (names.size === 0 ? null : [...names])
  return {
    table,
    columns: all.map((column) => ({ name: column, type: 'VARCHAR' })),
    sides: { before: named(columns.before), after: named(columns.after) },
    key: keys.names,
  }
}

/** A row with the columns of its key, which some systems give beside it only. */
function withKey(row: EventRow | null, key: EventRow | null): EventRow | null {
  if (row === null || key === null) return row
  const missing = [...key].filter(([column]) => !row.has(column))
  return missing.length === 0 ? row : new Map([...missing, ...row])
}

/** All events of a file are about the same key. */
class KeyNames {
  names: readonly string[] | null = null

  constructor(private readonly file: string) {}

  see({ key }: ChangeEvent, line: number): void {
    if (key === null) return
    const names = [...key.keys()]
    this.names ??= names
    if (names.length === this.names.length && names.every((name) => this.names?.includes(name))) return
    throw new InputError(
      `${this.file}, line ${line}: its key is ${names.join(', ')}; that of the events before it ${this.names.join(', ')}.`,
      { code: 'change-event', file: this.file, line },
    )
  }
}
