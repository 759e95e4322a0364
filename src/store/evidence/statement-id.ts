/** How a statement is named for good: the same in every workspace. */
import { createHash } from 'node:crypto'
import type { Relation } from '../../model/relations.js'
import { relationColumns } from '../columns.js'
import type { Row } from '../duckdb.js'

/** Digits of the digest in a statement's id: 48 bits, told apart within one subject of one feed. */
const DIGEST_LENGTH = 12

/** The id of a row of a statements table. */
export function statementId(relation: Relation, feed: string, row: Row): string {
  const said = relationColumns(relation)
    .filter(({ counts }) => counts)
    .map(({ name }) => row[name] ?? null)
  const digest = createHash('sha256')
    .update(JSON.stringify([feed, relation.name, row.unit ?? null, ...said]))
    .digest('hex')
  const subject = relation.subject.columns.map((name) => String(row[name] ?? '')).join('+')
  return `${feed}:${relation.name}:${subject}:${digest.slice(0, DIGEST_LENGTH)}`
}

/** Splits a statement id into its parts; null for any other text. */
export function parseStatementId(text: string): { feed: string; relation: string; subject: string } | null {
  const match = /^([^:]+):([^:]+):(.*):[0-9a-f]{12}$/s.exec(text)
  return match === null ? null : { feed: match[1] ?? '', relation: match[2] ?? '', subject: match[3] ?? '' }
}
