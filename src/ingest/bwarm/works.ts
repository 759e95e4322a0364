/**
 * Musical works: who they are between deliveries, and their rows.
 *
 * A work is known by the sender's own number for it, `<sender>:<number>` (work identifiers whose allocating party is
 * the sender); else by its valid ISWC; else by a hash of its title and its writers. Two records of one feed that would get the
 * same id but have different shares are two voices: `#` and a hash of title and writers (and shares, where
 * those agree) tells them apart, so that their shares are never added up.
 */
import { as, sqlJson, sqlSortedText } from '../set-based.js'
import { sqlComparable, sqlJoined, sqlJsonMerged } from './cells.js'
import type { Delivery } from './delivery.js'
import { sqlIdentifier } from './identifiers.js'
import { type PartyTables, recordMap, sqlNumbers } from './parties.js'
import { sqlWriterRole } from './roles.js'

/** Tables that name works (or recordings). */
export interface RecordTables {
  /** file, line, record, id: one row per row. */
  readonly rows: string
  /** record, id: one row per record id. */
  readonly byRecord: string
}

const TITLE_HASH = `md5(row(title, writers)::VARCHAR)`

/** Works out the natural id of every work. */
export async function identifyWorks(delivery: Delivery, parties: PartyTables): Promise<RecordTables> {
  const based = await delivery.table(
    'work bases',
    `SELECT w.file, w.line, w.record, coalesce(n.own, ${sqlIdentifier('iswc', 'w.iswc')}) AS base
     FROM ${delivery.view('works')} AS w
     LEFT JOIN (${sqlNumbers(delivery, 'workIdentifiers', 'work', parties)}) AS n ON n.record = w.record`,
  )
  const pending = await delivery.table(
    'pending works',
    `SELECT * FROM ${based} WHERE base IS NULL
       OR base IN (SELECT base FROM ${based} WHERE base IS NOT NULL GROUP BY base HAVING count(*) > 1)`,
  )
  const described = await delivery.table('described works', describedWorks(delivery, pending, parties))
  const rows = await delivery.table(
    'work ids',
    `SELECT file, line, record, base AS id FROM ${based} AS b
       WHERE NOT EXISTS (SELECT 1 FROM ${pending} AS p WHERE p.file = b.file AND p.line = b.line)
     UNION ALL SELECT file, line, record, CASE WHEN rivals = 1 THEN base
       WHEN alike = 1 THEN base || '#' || left(content, 8) ELSE base || '#' || left(md5(content || said), 8) END AS id
     FROM (${countedRivals(described)})`,
  )
  return { rows, byRecord: await recordMap(delivery, 'works', rows) }
}

/** How many different sets of shares one base has, and how many of them under the same title and writers. */
const countedRivals = (described: string): string => `
  SELECT d.*, r.rivals, a.alike FROM ${described} AS d
  JOIN (SELECT base, count(DISTINCT said) AS rivals FROM ${described} GROUP BY base) AS r USING (base)
  JOIN (SELECT base, content, count(DISTINCT said) AS alike FROM ${described} GROUP BY base, content) AS a USING (base, content)`

/** Pending works with `content` (hash of title and writers), `base` filled, and `said` (hash of their shares). */
function describedWorks(delivery: Delivery, pending: string, parties: PartyTables): string {
  const writer = `${sqlWriterRole('s.role')} OR contains(lower(coalesce(s.type, '')), 'manuscript')`
  const said = `md5(row(p.id, s.role, s.percentage, s.type, s.rights, s.valid_from, s.valid_to, s.territories, s.uses)::VARCHAR)`
  return `
    SELECT file, line, record, coalesce(base, 'hash:' || ${TITLE_HASH}) AS base, ${TITLE_HASH} AS content,
      coalesce(said, '') AS said
    FROM (
      SELECT w.file, w.line, w.record, p.base, ${sqlComparable('w.title')} AS title, s.writers, s.said
      FROM ${pending} AS p JOIN ${delivery.view('works')} AS w USING (file, line)
      LEFT JOIN (
        SELECT s.work AS record, ${sqlSortedText(`list(p.id) FILTER (WHERE ${writer})`)} AS writers,
          md5(array_to_string(list_sort(list(${said})), ' ')) AS said
        FROM ${delivery.view('shares')} AS s LEFT JOIN ${parties.byRecord} AS p ON p.record = s.party
        WHERE s.work IN (SELECT record FROM ${pending}) GROUP BY s.work
      ) AS s ON s.record = w.record
    )`
}

/** Gives the rows of `works`. */
export function giveWorks(delivery: Delivery, works: RecordTables, parties: PartyTables): void {
  const extra = sqlJson({
    LanguageAndScriptCode: 'w.language',
    OpusNumber: 'w.opus',
    ComposerCatalogNumber: sqlJoined('w.catalogue'),
    NominalDuration: 'w.duration',
    HasRightShareInDispute: 'w.disputed',
    TerritoryOfPublicDomain: sqlJoined('w.public_domain'),
    IsArrangementOfTraditionalWork: 'w.traditional',
    AlternativeMusicalWorkIdForUsStatutoryReversion: `coalesce(r.id, 'record:' || w.reversion_work)`,
    UsStatutoryReversionDate: 'w.reversion_date',
    IsCompositeMusicalWork: 'w.composite',
    Identifiers: 'n.numbers',
    AlternativeTitleType: 't.types',
    AlternativeTitleLanguage: 't.languages',
  })
  delivery.give(
    'works',
    { file: 'w.file', line: 'w.line', extra: sqlJsonMerged(extra, 'w.unknown'), text: 'w.l' },
    [as('i.id', 'work_id'), as('w.title', 'title'), as('w.iswc', 'iswc'), as('t.titles', 'alternate_titles')],
    `FROM ${delivery.view('works')} AS w JOIN ${works.rows} AS i USING (file, line)
     LEFT JOIN (${sqlNumbers(delivery, 'workIdentifiers', 'work', parties)}) AS n ON n.record = w.record
     LEFT JOIN (${sqlTitles(delivery, 'workTitles', 'work')}) AS t ON t.record = w.record
     LEFT JOIN ${works.byRecord} AS r ON r.record = w.reversion_work`,
  )
}

/** SELECT of alternative titles: record, and `titles`, `types`, `languages` joined by a pipe in one order, that of their texts. */
export const sqlTitles = (delivery: Delivery, name: 'workTitles' | 'recordingTitles', described: string): string => {
  const joined = (member: string): string =>
    `array_to_string(list_transform(titles, lambda t: coalesce(t.${member}, '')), '|')`
  const stated = (member: string): string =>
    `CASE WHEN len(list_filter(titles, lambda t: t.${member} IS NOT NULL)) > 0 THEN ${joined(member)} END`
  return `
    SELECT record, ${joined('title')} AS titles, ${stated('type')} AS types, ${stated('language')} AS languages
    FROM (
      SELECT ${described} AS record, list_sort(list_distinct(list({'title': title, 'type': title_type, 'language': language}))) AS titles
      FROM ${delivery.view(name)} WHERE ${described} IS NOT NULL AND title IS NOT NULL GROUP BY ${described}
    )`
}

/**
 * Gives the works in the public domain as share rows, where the feed states no right share of the work: one row of 100 percent,
 * status `public-domain`, per right, in the territories named. Where shares are stated, the cell stays beside the work: it
 * does not say whose part of the work is free.
 */
export function givePublicDomain(delivery: Delivery, works: RecordTables): void {
  delivery.give(
    'shares',
    {
      file: 'w.file',
      line: 'w.line',
      raw: `'{"share":"","share_kind":"","right":""}'`,
      extra: sqlJson({ TerritoryOfPublicDomain: sqlJoined('w.public_domain') }),
      text: 'w.l',
    },
    [
      as('i.id', 'work_id'),
      as('NULL::VARCHAR', 'party_id'),
      as(`'100'`, 'share'),
      as(`'licensing'`, 'share_kind'),
      as('r.right', 'right'),
      as('NULL::VARCHAR', 'role'),
      as(`'public-domain'`, 'chain'),
      as(sqlTerritories('w.public_domain'), 'territories'),
      as('NULL::VARCHAR', 'valid_from'),
      as('NULL::VARCHAR', 'valid_to'),
      as(`'public-domain'`, 'status'),
    ],
    `FROM ${delivery.view('works')} AS w JOIN ${works.rows} AS i USING (file, line),
       (VALUES ('mech'), ('perf'), ('sync')) AS r("right")
     WHERE w.public_domain IS NOT NULL AND (w.record IS NULL
       OR NOT EXISTS (SELECT 1 FROM ${delivery.view('shares')} AS s WHERE s.work = w.record))`,
  )
}

/** SQL for the territories of a cell in character order: ISO 3166 codes as given, `Worldwide` as WORLD; NULL when empty. */
export const sqlTerritories = (cell: string): string => {
  const values = `string_split(${cell}, '|')`
  const code = `CASE WHEN lower(trim(v)) = 'worldwide' THEN 'WORLD' ELSE nullif(upper(trim(v)), '') END`
  return sqlSortedText(`list_transform(${values}, lambda v: ${code})`)
}
