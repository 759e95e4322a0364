/**
 * Parties: who they are between deliveries, and their rows.
 *
 * Record ids are renumbered by the sender, so a party is known by its first valid identifier: IPI name number, ISNI,
 * DPID; else by its full name (compared without regard to case and spacing). References to a record that the feed
 * does not have keep its id as `record:<id>`.
 */

import { as, sqlJson, sqlSortedText } from '../set-based.js'
import { sqlComparable, sqlJsonMerged } from './cells.js'
import type { Delivery } from './delivery.js'
import { type IdentifierKind, sqlIdentifier } from './identifiers.js'
import { sqlPublisherRole, sqlWriterRole } from './roles.js'
import type { BwarmTableName } from './tables.js'

/** Who sends the feed; '' = not stated. */
export interface Sender {
  readonly dpid: string
  readonly name: string
}

/** Tables that name parties. */
export interface PartyTables {
  /** file, line, record, id: one row per party row. */
  readonly rows: string
  /** record, id: one row per record id. */
  readonly byRecord: string
  /** Natural id of the sender's own party; null when the parties do not show it. */
  readonly sender: string | null
}

const IDENTIFIED: readonly { kind: IdentifierKind; cell: string; prefix: string }[] = [
  { kind: 'ipi-name', cell: 'ipi', prefix: 'ipi' },
  { kind: 'isni', cell: 'isni', prefix: 'isni' },
  { kind: 'dpid', cell: 'dpid', prefix: 'dpid' },
]

/** Works out the natural id of every party. */
export async function identifyParties(delivery: Delivery, sender: Sender): Promise<PartyTables> {
  const ids = IDENTIFIED.map(({ kind, cell, prefix }) => `'${prefix}:' || ${sqlIdentifier(kind, cell)}`)
  const rows = await delivery.table(
    'party ids',
    `SELECT file, line, record,
       coalesce(${ids.join(', ')}, 'name:' || nullif(${sqlComparable('name')}, ''), 'record:' || record) AS id
     FROM ${delivery.view('parties')}`,
  )
  const byRecord = await recordMap(delivery, 'parties', rows)
  const [found] = await delivery.staging.db.rows(
    `SELECT arg_min(i.id, row(rank, i.id)) AS id FROM ${rows} AS i JOIN (
       SELECT file, line, CASE WHEN ${sqlIdentifier('dpid', 'dpid')} = $dpid THEN 1 ELSE 2 END AS rank
       FROM ${delivery.view('parties')}
       WHERE ${sqlIdentifier('dpid', 'dpid')} = $dpid OR ${sqlComparable('name')} = ${sqlComparable('$name::VARCHAR')}
     ) AS p USING (file, line)`,
    { dpid: sender.dpid, name: sender.name },
  )
  return { rows, byRecord, sender: found?.id == null ? null : String(found.id) }
}

/**
 * One natural id per record id. A record id that several rows of the feed bear is noted: references to it are
 * ambiguous, the first natural id in character order is taken.
 */
export async function recordMap(delivery: Delivery, name: BwarmTableName, rows: string): Promise<string> {
  const map = await delivery.table(
    `${name} records`,
    `SELECT record, min(id) AS id, count(*) AS uses, min(line) AS line FROM ${rows} WHERE record IS NOT NULL GROUP BY record`,
  )
  await delivery.noteCount(
    name,
    'duplicate-record-id',
    `SELECT line, record AS value FROM ${map} WHERE uses > 1`,
    'a record id that several rows bear: references to it are ambiguous',
  )
  return map
}

/** Gives the rows of `parties`; contact cells (personal data) stay in the archive. */
export function giveParties(delivery: Delivery, parties: PartyTables): void {
  const extra = sqlJson({
    CisacSocietyId: 'p.society',
    DPID: 'p.dpid',
    NamesBeforeKeyName: 'p.before',
    KeyName: 'p.key_name',
    NamesAfterKeyName: 'p.after',
    ContactInformationMayNotBeValid: 'p.contact_invalid',
    Identifiers: 'n.numbers',
  })
  // Only what all its rows agree on: a party that writes and publishes is given no kind.
  const kind = `CASE WHEN u.writes AND NOT u.publishes THEN 'writer' WHEN u.publishes AND NOT u.writes THEN 'publisher'
    WHEN p.society IS NOT NULL AND NOT coalesce(u.writes OR u.publishes, false) THEN 'society' END`
  delivery.give(
    'parties',
    { file: 'p.file', line: 'p.line', extra: sqlJsonMerged(extra, 'p.unknown'), text: 'p.l' },
    [
      as('i.id', 'party_id'),
      as('p.name', 'name'),
      as('p.ipi', 'ipi_name_number'),
      as('NULL::VARCHAR', 'ipi_base_number'),
      as('p.isni', 'isni'),
      as('NULL::VARCHAR', 'group_id'),
      as(kind, 'kind'),
    ],
    `FROM ${delivery.view('parties')} AS p JOIN ${parties.rows} AS i USING (file, line)
     LEFT JOIN (SELECT party, bool_or(${sqlWriterRole('role')}) AS writes, bool_or(${sqlPublisherRole('role')}) AS publishes
       FROM ${delivery.view('shares')} WHERE party IS NOT NULL GROUP BY party) AS u ON u.party = p.record
     LEFT JOIN (${sqlNumbers(delivery, 'partyIdentifiers', 'party', parties)}) AS n ON n.record = p.record`,
  )
}

/**
 * SELECT of the proprietary numbers of records: record, `numbers` (all as `<allocating party>:<number>`, in character
 * order, joined by a pipe) and `own` (the sender's; the first in character order of several).
 */
export const sqlNumbers = (
  delivery: Delivery,
  name: 'workIdentifiers' | 'recordingIdentifiers' | 'releaseIdentifiers' | 'partyIdentifiers',
  described: string,
  parties: Pick<PartyTables, 'byRecord' | 'sender'>,
): string => `
  SELECT ${described} AS record, ${sqlSortedText('list(number)')} AS numbers, min(number) FILTER (WHERE own) AS own
  FROM (
    SELECT t.${described}, coalesce(a.id, 'record:' || t.allocator, 'unnamed') || ':' || t.identifier AS number,
      a.id = '${(parties.sender ?? '').replaceAll("'", "''")}' AS own
    FROM ${delivery.view(name)} AS t LEFT JOIN ${parties.byRecord} AS a ON a.record = t.allocator
    WHERE t.${described} IS NOT NULL AND t.identifier IS NOT NULL
  ) GROUP BY ${described}`
