/**
 * Pointers: from a global identifier, or from the other end of a reference, to the subjects that mention it. They keep
 * look-ups independent of the catalogue's size, with no index: the table is sorted by a hash of what is looked up.
 */
import { sqlIsValid, sqlNormalised } from '../../model/identifiers/sql.js'
import type { Relation } from '../../model/relations.js'
import { isIdentifierKind, literal, quoted } from '../columns.js'

/** What a pointer is found by. Identifiers are global; `party`, `work`, `item`, `licensor`, `group` are ids local to a feed. */
export type PointerScheme =
  | 'isrc'
  | 'iswc'
  | 'ipi-name'
  | 'ipi-base'
  | 'isni'
  | 'upc'
  | 'party'
  | 'work'
  | 'item'
  | 'licensor'
  | 'group'

/** SQL for the key of a pointer: global schemes take one text, local ones the feed's name and a text. */
export const sqlPointerKey = (scheme: PointerScheme, ...texts: string[]): string =>
  `hash(${[literal(scheme), ...texts].join(', ')})`

/** References to other subjects: column, the local scheme, and the identifier that may stand in its place (contract 1). */
export const REFERENCES: Readonly<
  Record<string, readonly { column: string; scheme: PointerScheme; global?: PointerScheme }[]>
> = {
  links: [
    { column: 'work_id', scheme: 'work', global: 'iswc' },
    { column: 'recording_id', scheme: 'item', global: 'isrc' },
  ],
  shares: [
    { column: 'party_id', scheme: 'party', global: 'ipi-name' },
    { column: 'work_id', scheme: 'item', global: 'iswc' },
  ],
  usage: [{ column: 'recording_id', scheme: 'item', global: 'isrc' }],
  affiliations: [
    { column: 'licensor_party_id', scheme: 'licensor', global: 'ipi-name' },
    { column: 'party_id', scheme: 'item', global: 'ipi-name' },
  ],
  licences: [{ column: 'licensor_party_id', scheme: 'licensor', global: 'ipi-name' }],
  acknowledgements: [],
}

/** Relations whose `repertoire` lists recordings or works. */
export const LISTS_REPERTOIRE: ReadonlySet<string> = new Set(['licences', 'takedowns'])

const referringBy = (scheme: PointerScheme): string[] =>
  Object.keys(REFERENCES).filter((name) => REFERENCES[name]?.some((reference) => reference.scheme === scheme))

/** By local scheme, the relations whose rows are found by it: a feed that delivers none of them has no such pointers. */
export const LOCAL_POINTERS: Readonly<Partial<Record<PointerScheme, readonly string[]>>> = {
  party: referringBy('party'),
  work: referringBy('work'),
  licensor: referringBy('licensor'),
  item: [...LISTS_REPERTOIRE],
  group: ['parties'],
}

/**
 * Stands among licensors for licences that may reach what none of their licensors claims: without a licensor, for the
 * whole right, by work under the theory that one owner's licence covers the work, and for masters, which nobody claims.
 */
export const NO_LICENSOR = '*'

const notNull = (text: string, from: string, key: string): string =>
  `SELECT ${key} AS "key", subject FROM (${from}) WHERE ${text} IS NOT NULL`

function identifierPointers(relation: Relation, rows: string): string[] {
  return relation.columns.flatMap(({ name, kind }) => {
    if (!isIdentifierKind(kind)) return []
    const single = `SELECT ${quoted(name)} AS t, subject FROM ${rows} WHERE NOT contains(coalesce(${quoted(name)}, ''), '|')`
    const several = `SELECT unnest(string_split(${quoted(name)}, '|')) AS t, subject FROM ${rows} WHERE contains(${quoted(name)}, '|')`
    const scheme = kind as PointerScheme
    return [notNull('t', `${single} UNION ALL ${several}`, sqlPointerKey(scheme, 't'))]
  })
}

/** A cheap first look that no spelling of the identifier fails, so that local ids cost next to nothing. */
const MAY_BE: Readonly<Partial<Record<PointerScheme, (text: string) => string>>> = {
  isrc: (text) => `strlen(${text}) BETWEEN 12 AND 20 AND ${text}[-1] BETWEEN '0' AND '9'`,
  iswc: (text) => `strlen(${text}) BETWEEN 11 AND 20 AND upper(${text}[1]) IN ('T', 'I')`,
  'ipi-name': (text) => `strlen(${text}) BETWEEN 9 AND 20 AND ${text}[-1] BETWEEN '0' AND '9'`,
}

/** Where an identifier stands in the place of a local id. */
function globalReference(column: string, scheme: PointerScheme, rows: string): string {
  const normalised = sqlNormalised(scheme as Parameters<typeof sqlNormalised>[0], column)
  const valid = sqlIsValid(scheme as Parameters<typeof sqlIsValid>[0], 't')
  // Materialised, or the check would be pushed down and work out the normalised text anew for each of its digits.
  const candidates = `SELECT ${normalised} AS t, subject FROM ${rows} WHERE ${MAY_BE[scheme]?.(column) ?? 'true'}`
  const from = `WITH candidates AS MATERIALIZED (${candidates}) SELECT t, subject FROM candidates WHERE ${valid}`
  return notNull('t', from, sqlPointerKey(scheme, 't'))
}

function repertoirePointers(rows: string, feed: string): string[] {
  const items = `SELECT trim(unnest(string_split(repertoire, '|'))) AS t, subject FROM ${rows}
    WHERE repertoire IS NOT NULL AND repertoire NOT IN ('all', 'unproven', 'disputed')`
  return [
    notNull('t', items, sqlPointerKey('item', feed, 't')),
    globalReference('t', 'isrc', `(${items})`),
    globalReference('t', 'iswc', `(${items})`),
  ]
}

/**
 * The SELECT of all pointers that rows of a relation ask for: key, subject.
 * @param rows a table or parenthesised SELECT with the stored columns and `subject`
 * @param feed SQL expression for the name of the rows' feed
 * @returns null when the relation needs none
 */
export function sqlPointers(relation: Relation, rows: string, feed: string): string | null {
  const references = REFERENCES[relation.name] ?? []
  const selects = [
    ...identifierPointers(relation, rows),
    ...references.flatMap(({ column, scheme, global }) => [
      ...(scheme === 'item'
        ? []
        : [
            notNull(
              quoted(column),
              `SELECT ${quoted(column)}, subject FROM ${rows}`,
              sqlPointerKey(scheme, feed, quoted(column)),
            ),
          ]),
      ...(global === undefined ? [] : [globalReference(quoted(column), global, rows)]),
    ]),
    ...(LISTS_REPERTOIRE.has(relation.name) ? repertoirePointers(rows, feed) : []),
  ]
  if (relation.name === 'licences') {
    const reach = `licensor_party_id IS NULL OR coverage = 'whole-right' OR ((coverage = 'by-work' OR "right" = 'master')
      AND (repertoire IS NULL OR lower(repertoire) IN ('all', 'unproven', 'disputed')))`
    const blank = `SELECT ${literal(NO_LICENSOR)} AS t, subject FROM ${rows} WHERE ${reach}`
    selects.push(notNull('t', blank, sqlPointerKey('licensor', feed, 't')))
  }
  if (relation.name === 'parties') {
    const groups = `SELECT group_id, subject FROM ${rows}`
    selects.push(notNull('group_id', groups, sqlPointerKey('group', feed, 'group_id')))
  }
  return selects.length === 0 ? null : selects.join(' UNION ALL ')
}
