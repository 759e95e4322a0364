/** A change set as a file: our change events, a table of them, or the envelope that Debezium's consumers read. */
import { UsageError } from '../errors.js'
import { type ChangeSet, type ChangeSide, changeColumn } from '../model/change-set.js'
import { literal, quoted } from '../store/columns.js'
import type { Evidence } from '../store/duckdb.js'
import { type JsonMember, jsonObject } from './json-text.js'
import { copy, type OutputFile, PARQUET, type RowFormat, writeLines, writeRows } from './write-rows.js'

export interface ChangesToWrite {
  readonly changeSet: ChangeSet
  /** Columns of the rows before and after. */
  readonly sides: { readonly old: readonly string[]; readonly new: readonly string[] }
  /** sha256 of the files that were compared, for the envelope. */
  readonly sha256: { readonly old: string; readonly new: string }
}

export type Envelope = 'plain' | 'debezium'

/**
 * Writes a change set in the order of its keys. Throws as `writeLargeFile` does; UsageError `envelope` for an envelope
 * that is not written as JSON Lines.
 */
export async function writeChanges(
  db: Evidence,
  changes: ChangesToWrite,
  file: OutputFile & { readonly format: RowFormat; readonly envelope: Envelope },
): Promise<void> {
  const from = changes.changeSet.table
  const order = 'position'
  if (file.envelope === 'debezium') {
    if (file.format === 'jsonl') return writeLines(db, { line: debeziumLine(changes), from, order }, file)
    throw new UsageError('Debezium envelopes are written as JSON Lines.', {
      code: 'envelope',
      suggestions: ['Let the name of the file end in .jsonl'],
    })
  }
  if (file.format === 'jsonl') return writeLines(db, { line: changeLine(changes), from, order }, file)
  if (file.format === 'parquet') return copy(db, structSelect(changes), file, PARQUET)
  const columns = [
    { name: 'op', value: 'op', type: 'VARCHAR' },
    ...flat(changes, 'key'),
    ...flat(changes, 'before'),
    ...flat(changes, 'after'),
    { name: 'changed', value: 'to_json(changed)::VARCHAR', type: 'VARCHAR' },
  ]
  return writeRows(db, { from, order, columns }, file, file.format)
}

const namesOf = ({ changeSet, sides }: ChangesToWrite, side: ChangeSide): readonly string[] =>
  side === 'key' ? changeSet.key : side === 'before' ? sides.old : sides.new

function members(changes: ChangesToWrite, side: ChangeSide): JsonMember[] {
  const types = new Map(changes.changeSet.columns.map(({ name, type }) => [name, type]))
  return namesOf(changes, side).map((name) => ({
    name,
    value: quoted(changeColumn(side, name)),
    type: types.get(name) ?? 'VARCHAR',
  }))
}

const flat = (changes: ChangesToWrite, side: ChangeSide): JsonMember[] =>
  members(changes, side).map((member) => ({ ...member, name: changeColumn(side, member.name) }))

/** The op for which a side has no row. */
const ABSENT = { before: 'create', after: 'delete' } as const

const sideJson = (changes: ChangesToWrite, side: 'before' | 'after'): string =>
  `CASE WHEN op = ${literal(ABSENT[side])} THEN 'null' ELSE ${jsonObject(members(changes, side))} END`

/** SQL for the JSON text of a change: op, key, before, after, changed. */
export const changeLine = (changes: ChangesToWrite): string =>
  [
    `'{"op":"' || op || '","key":'`,
    jsonObject(members(changes, 'key')),
    `',"before":'`,
    sideJson(changes, 'before'),
    `',"after":'`,
    sideJson(changes, 'after'),
    `',"changed":'`,
    'to_json(changed)::VARCHAR',
    `'}'`,
  ].join(' || ')

/** An envelope without a schema beside it. It names no instant: nothing in a diff happened at one. */
function debeziumLine(changes: ChangesToWrite): string {
  const { old, new: now } = changes.sha256
  const source = JSON.stringify({ connector: 'recital', key: changes.changeSet.key, old, new: now })
  return [
    `'{"before":'`,
    sideJson(changes, 'before'),
    `',"after":'`,
    sideJson(changes, 'after'),
    literal(`,"source":${source},"op":"`),
    'left(op, 1)',
    `'"}'`,
  ].join(' || ')
}

function structSelect(changes: ChangesToWrite): string {
  const struct = (side: ChangeSide): string => {
    const cells = members(changes, side).map(({ name, value }) => `${quoted(name)} := ${value}`)
    const packed = `struct_pack(${cells.join(', ')})`
    return side === 'key' ? packed : `CASE WHEN op <> ${literal(ABSENT[side])} THEN ${packed} END`
  }
  return `SELECT op, ${(['key', 'before', 'after'] as const).map((side) => `${struct(side)} AS ${quoted(side)}`).join(', ')}, changed
    FROM ${changes.changeSet.table} ORDER BY position`
}
