/**
 * Right shares.
 *
 * Role, type, rights, territories and uses repeat in few combinations over many shares: each combination is read once,
 * with its number of rows as the evidence for notes about unknown words, and every share takes its readings from there. A share
 * with two rights (or, in 1.0, two types) gives a row for each. A print right gives none: it stays beside the other rows.
 */

import { literal } from '../../store/columns.js'
import { as, sqlJson, sqlReferenced } from '../set-based.js'
import { sqlDate, sqlHasSlashDate, sqlJoined, sqlJsonMerged, sqlNextDay, sqlValues } from './cells.js'
import { COPYRIGHT_CONTROL, nameChains, sqlIsCopyrightControl } from './chains.js'
import type { Delivery } from './delivery.js'
import type { PartyTables, Sender } from './parties.js'
import { sqlRight, sqlRole, sqlShareKind } from './roles.js'
import { type RecordTables, sqlTerritories } from './works.js'

const TERMS = ['role', 'type', 'rights', 'territories', 'uses'] as const

/** Right names of the standard that a share holds when its sender does not say: all that a stream needs. */
const ALL_RIGHTS = ['MechanicalRight', 'PerformingRight', 'SynchronizationRight']

/** The Mechanical Licensing Collective administers mechanical rights only (17 U.S.C. 115(d)(3)). */
const THE_MLC = 'PADPIDA2020062405C'
const isTheMlc = ({ dpid, name }: Sender): boolean =>
  dpid.toUpperCase() === THE_MLC || /mechanical licensing collective|^the mlc$/i.test(name.trim())

export interface ShareOptions {
  readonly sender: Sender
  /** The end dates are moved to the next day by the reader; false when typing does so for the whole feed. */
  readonly endsToExclusive: boolean
}

/** Gives the rows of `shares` that the table of right shares states. */
export async function giveShares(
  delivery: Delivery,
  works: RecordTables,
  parties: PartyTables,
  options: ShareOptions,
): Promise<void> {
  const terms = await readTerms(delivery, isTheMlc(options.sender) ? ['MechanicalRight'] : ALL_RIGHTS)
  const chains = await nameChains(delivery, parties)
  const from = sqlDate('s.valid_from')
  const to = options.endsToExclusive ? sqlNextDay(sqlDate('s.valid_to')) : sqlDate('s.valid_to')
  const named = sqlReferenced('p.id', 's.party')
  const changed = sqlJson({
    valid_from: `CASE WHEN ${sqlHasSlashDate('s.valid_from')} THEN s.valid_from END`,
    valid_to: 's.valid_to',
    party_id: `CASE WHEN t.unclaimed THEN ${named} END`,
  })
  delivery.give(
    'shares',
    {
      file: 's.file',
      line: 's.line',
      raw: sqlJsonMerged('t.raw', changed),
      extra: sqlJsonMerged('t.extra', 's.unknown'),
      text: 's.l',
    },
    [
      as(sqlReferenced('w.id', 's.work'), 'work_id'),
      as(`CASE WHEN NOT t.unclaimed THEN ${named} END`, 'party_id'),
      as('s.percentage', 'share'),
      as('t.kind', 'share_kind'),
      as('t."right"', 'right'),
      as('t.role', 'role'),
      // On the chain of all rows, a licensing share that nobody claims would hide the collection shares of others.
      as(`coalesce(c.chain, CASE WHEN t.unclaimed THEN '${COPYRIGHT_CONTROL}' END)`, 'chain'),
      as('t.territories', 'territories'),
      as(from, 'valid_from'),
      as(to, 'valid_to'),
      as('NULL::VARCHAR', 'status'),
    ],
    `FROM ${delivery.view('shares')} AS s
     JOIN ${terms} AS t ON ${TERMS.map((cell) => `t.given_${cell} IS NOT DISTINCT FROM s.${cell}`).join(' AND ')}
     LEFT JOIN ${works.byRecord} AS w ON w.record = s.work
     LEFT JOIN ${parties.byRecord} AS p ON p.record = s.party
     LEFT JOIN ${chains} AS c ON c.record = s.record`,
  )
  await noteDates(delivery)
}

/**
 * Table of the readings of each combination of terms: given_role … given_uses as they stood; kind, right, role,
 * territories, unclaimed, raw and extra as read. One row per combination, type and right.
 */
async function readTerms(delivery: Delivery, silentRights: readonly string[]): Promise<string> {
  const given = TERMS.map((cell) => as(cell, `given_${cell}`)).join(', ')
  const combinations = await delivery.table(
    'share terms',
    `SELECT ${given}, count(*) AS uses, min(line) AS line FROM ${delivery.view('shares')} GROUP BY ${TERMS.join(', ')}`,
  )
  const silent = `[${silentRights.map(literal).join(', ')}]`
  const rights = `CASE WHEN given_rights IS NULL THEN ${silent} ELSE ${sqlValues('given_rights')} END`
  const types = `CASE WHEN given_type IS NULL THEN [NULL::VARCHAR] ELSE ${sqlValues('given_type')} END`
  const territories = sqlTerritories('given_territories')
  const raw = sqlJson({
    share_kind: `coalesce(${sqlJoined('given_type')}, '')`,
    right: `coalesce(${sqlJoined('given_rights')}, '')`,
    role: 'given_role',
    territories: `CASE WHEN ${territories} IS DISTINCT FROM given_territories THEN given_territories END`,
  })
  const print = `contains(lower(coalesce(given_rights, '')), 'printright')`
  const extra = sqlJson({ UseType: sqlJoined('given_uses'), PrintRight: `CASE WHEN ${print} THEN 'true' END` })
  const terms = await delivery.table(
    'read terms',
    `SELECT c.*, ${sqlShareKind('k.type', 'given_role')} AS kind, ${sqlRight('r.name')} AS "right", ${sqlRole('given_role')} AS role,
       ${territories} AS territories, ${sqlIsCopyrightControl('k.type')} AS unclaimed, ${raw} AS raw, ${extra} AS extra
     FROM (SELECT *, ${types} AS types, list_filter(${rights}, lambda r: lower(r) <> 'printright') AS names FROM ${combinations}) AS c,
       unnest(types) AS k(type), unnest(names) AS r(name)`,
  )
  await noteTerms(delivery, combinations)
  return terms
}

async function noteTerms(delivery: Delivery, combinations: string): Promise<void> {
  await delivery.noteCount(
    'shares',
    'print-right-only',
    `SELECT line, given_rights AS value FROM (SELECT *, unnest(range(uses)) FROM ${combinations})
     WHERE given_rights IS NOT NULL AND regexp_full_match(lower(given_rights), '[ |]*printright[ |]*')`,
    'a share of print rights alone: gives no row',
    { relation: 'shares' },
  )
  await delivery.noteCount(
    'shares',
    'right-not-stated',
    `SELECT line, '' AS value FROM (SELECT *, unnest(range(uses)) FROM ${combinations}) WHERE given_rights IS NULL`,
    'no right stated: taken for all rights that the sender administers',
    { column: 'right', relation: 'shares' },
  )
}

async function noteDates(delivery: Delivery): Promise<void> {
  const cell = `CASE WHEN ${sqlHasSlashDate('valid_from')} THEN valid_from WHEN ${sqlHasSlashDate('valid_to')} THEN valid_to END`
  await delivery.noteCount(
    'shares',
    'date-format',
    `SELECT line, value FROM (SELECT line, ${cell} AS value FROM ${delivery.view('shares')}) WHERE value IS NOT NULL`,
    'a date with slashes: read day first',
    { relation: 'shares' },
  )
}
