/**
 * Of a catalogue too large to load whole, the rows that can bear on some recordings: the recordings by ISRC in every feed,
 * their links, the works and whatever shares their codes, their shares, the parties with all that are the same or of one
 * group, the licences and affiliations that may reach them. Rather too many rows than too few: who is who, and what is
 * known when, the reference decides itself. A row is taken with all rows of its key in all deliveries.
 */
import { filesOf, settingsOf } from './folder.js'

/** @typedef {import('./deliveries.js').Delivery} Delivery */
/** @typedef {import('@duckdb/node-api').DuckDBConnection} Connection */

/** The columns that the reference reads. */
const COLUMNS = {
  parties: ['party_id', 'name', 'ipi_name_number', 'ipi_base_number', 'isni', 'group_id'],
  works: ['work_id', 'title', 'iswc'],
  recordings: ['recording_id', 'title', 'isrc'],
  links: ['recording_id', 'work_id', 'weight', 'duration_ms', 'valid_from', 'valid_to'],
  shares: [
    ...['work_id', 'party_id', 'share', 'share_kind', 'right', 'role', 'chain'],
    ...['territories', 'valid_from', 'valid_to', 'status'],
  ],
  licences: [
    ...['licence_id', 'right', 'coverage', 'licensor_party_id'],
    ...['territories', 'valid_from', 'valid_to', 'repertoire'],
  ],
  affiliations: ['party_id', 'licensor_party_id', 'right', 'territories', 'valid_from', 'valid_to'],
  right_weights: ['territories', 'mech', 'perf', 'valid_from', 'valid_to'],
}

const text = (value) => `'${value.replaceAll("'", "''")}'`
const columnsOf = (relation) => [...COLUMNS[relation], 'op']

/** One code however it is written; leading zeros are dropped, as some senders drop them. */
const MACROS = [
  `CREATE MACRO code_of(t) AS ltrim(upper(regexp_replace(coalesce(t, ''), '[^0-9A-Za-z]', '', 'g')), '0')`,
  `CREATE MACRO codes_of(t) AS list_filter(list_transform(string_split(coalesce(t, ''), '|'), c -> code_of(c)), c -> c <> '')`,
]

/** One view per relation over the files of all deliveries: delivery, feed, and the columns as text. */
async function createViews(db, folders) {
  const files = folders.flatMap((folder, delivery) =>
    filesOf(folder).map(([relation, reader]) => ({ relation, reader, delivery, feed: settingsOf(folder).feed })),
  )
  for (const relation of Object.keys(COLUMNS)) {
    const none = columnsOf(relation).map((column) => `NULL::VARCHAR AS "${column}"`)
    const selects = files
      .filter((file) => file.relation === relation)
      .map(
        ({ reader, delivery, feed }) =>
          `SELECT ${delivery} AS delivery, ${text(feed)} AS feed, COLUMNS(*)::VARCHAR FROM ${reader}`,
      )
    const shape = `SELECT 0 AS delivery, '' AS feed, ${none.join(', ')} WHERE false`
    await db.run(`CREATE VIEW all_${relation} AS ${[shape, ...selects].join(' UNION ALL BY NAME ')}`)
  }
  return files
}

/** What each kind of thing is known by: feed and id, with each of its codes. */
const NAMES = {
  recording: `SELECT DISTINCT feed, recording_id AS id, unnest(codes_of(isrc)) AS code FROM all_recordings`,
  work: `SELECT DISTINCT feed, work_id AS id, unnest(codes_of(iswc)) AS code FROM all_works`,
  // A group is what its members have in common, as a code is; it may be a party of the feed, or an IPI.
  party: `SELECT DISTINCT feed, party_id AS id, unnest(list_concat(
      codes_of(concat_ws('|', ipi_name_number, ipi_base_number, isni, group_id)),
      ['party ' || feed || ' ' || party_id],
      CASE WHEN group_id IS NULL THEN [] ELSE ['party ' || feed || ' ' || group_id] END)) AS code
    FROM all_parties`,
}

const count = async (db, table) => (await db.runAndReadAll(`SELECT count(*)::INTEGER FROM ${table}`)).getRows()[0]?.[0]

/** Adds ids and codes that belong to those found, until there are no more. @param {Connection} db */
async function close(db, kind) {
  await db.run(`CREATE TEMP TABLE IF NOT EXISTS ${kind}_names AS ${NAMES[kind]}`)
  for (let before = -1; ; ) {
    const now = (await count(db, `${kind}_ids`)) + (await count(db, `${kind}_codes`))
    if (now === before) return
    before = now
    await db.run(`INSERT INTO ${kind}_ids SELECT DISTINCT feed, id FROM ${kind}_names
      WHERE code IN (FROM ${kind}_codes) EXCEPT FROM ${kind}_ids`)
    await db.run(`INSERT INTO ${kind}_codes SELECT DISTINCT code FROM ${kind}_names
      WHERE (feed, id) IN (FROM ${kind}_ids) EXCEPT FROM ${kind}_codes`)
  }
}

/** What references name: an id of the feed, or a code. */
const addReferences = (db, kind, table, column) => [
  db.run(`INSERT INTO ${kind}_ids SELECT DISTINCT feed, "${column}" FROM ${table} WHERE "${column}" IS NOT NULL`),
  db.run(`INSERT INTO ${kind}_codes SELECT DISTINCT code_of("${column}") FROM ${table} WHERE "${column}" IS NOT NULL`),
]

const names = (kind, column) =>
  `((feed, "${column}") IN (FROM ${kind}_ids) OR code_of("${column}") IN (FROM ${kind}_codes))`

/** Rows of the licences that may reach the works, recordings or parties found; and one for each delivery and right. */
const LICENCES = `
  WITH listed AS (SELECT feed, licence_id, trim(unnest(string_split(repertoire, '|'))) AS item FROM all_licences
    WHERE repertoire IS NOT NULL)
  SELECT feed, licence_id FROM all_licences WHERE licensor_party_id IS NULL OR coverage = 'whole-right'
    OR ("right" = 'master' AND lower(coalesce(repertoire, '')) IN ('', 'all', 'unproven', 'disputed'))
    OR ${names('party', 'licensor_party_id')}
  UNION SELECT feed, licence_id FROM listed WHERE ${names('work', 'item')} OR ${names('recording', 'item')}
  UNION SELECT feed, min(licence_id) FROM all_licences WHERE op IS NULL GROUP BY delivery, feed, "right"`

/** Tables `my_<relation>` with the rows that matter. @param {Connection} db @param {string[]} isrcs */
async function gather(db, isrcs) {
  for (const kind of Object.keys(NAMES)) {
    await db.run(`CREATE TEMP TABLE ${kind}_ids (feed VARCHAR, id VARCHAR)`)
    await db.run(`CREATE TEMP TABLE ${kind}_codes (code VARCHAR)`)
  }
  const take = (relation, condition) =>
    db.run(`CREATE TEMP TABLE my_${relation} AS SELECT * FROM all_${relation} WHERE ${condition}`)
  await db.run(`INSERT INTO recording_codes SELECT DISTINCT code_of(t) FROM (SELECT unnest([${isrcs.map(text)}]) AS t)`)
  await close(db, 'recording')
  await take('links', names('recording', 'recording_id'))
  await Promise.all(addReferences(db, 'recording', 'my_links', 'recording_id'))
  await Promise.all(addReferences(db, 'work', 'my_links', 'work_id'))
  await close(db, 'work')
  await take('shares', names('work', 'work_id'))
  await Promise.all(addReferences(db, 'work', 'my_shares', 'work_id'))
  await Promise.all(addReferences(db, 'party', 'my_shares', 'party_id'))
  await close(db, 'party')
  await take('affiliations', names('party', 'party_id'))
  await Promise.all(addReferences(db, 'party', 'my_affiliations', 'licensor_party_id'))
  await close(db, 'party')
  await db.run(`CREATE TEMP TABLE licence_ids AS ${LICENCES}`)
  await take('licences', '(feed, licence_id) IN (FROM licence_ids)')
  await Promise.all(addReferences(db, 'party', 'my_licences', 'licensor_party_id'))
  await take('parties', '(feed, party_id) IN (FROM party_ids)')
  await take('works', '(feed, work_id) IN (FROM work_ids)')
  await take('recordings', '(feed, recording_id) IN (FROM recording_ids)')
  await take('right_weights', 'true')
}

/** The rows of a relation by delivery, as text cells. */
async function rowsOf(db, relation) {
  const columns = columnsOf(relation).map((column) => `"${column}"`)
  const result = await db.runAndReadAll(`SELECT delivery, ${columns.join(', ')} FROM my_${relation}`)
  const rows = new Map()
  for (const { delivery, ...cells } of result.getRowObjectsJson()) {
    const given = Object.fromEntries(Object.entries(cells).filter(([, cell]) => cell !== null))
    const number = Number(delivery)
    if (!rows.has(number)) rows.set(number, [])
    rows.get(number).push(given)
  }
  return rows
}

/**
 * The deliveries in some folders, with the rows that can bear on the recordings with some ISRCs.
 * @param {Connection} db an empty database
 * @param {string[]} folders
 * @param {string[]} isrcs
 * @returns {Promise<Delivery[]>}
 */
export async function readCatalogue(db, folders, isrcs) {
  for (const macro of MACROS) await db.run(macro)
  const files = await createViews(db, folders)
  await gather(db, isrcs)
  const deliveries = folders.map((folder) => ({ ...settingsOf(folder), relations: {}, counted: {} }))
  for (const relation of Object.keys(COLUMNS)) {
    const rows = await rowsOf(db, relation)
    for (const { delivery, reader } of files.filter((file) => file.relation === relation)) {
      const { relations, counted, rows: announced } = deliveries[delivery]
      relations[relation] = rows.get(delivery) ?? []
      if (announced[relation] !== undefined) counted[relation] = await count(db, reader)
    }
  }
  return deliveries
}
