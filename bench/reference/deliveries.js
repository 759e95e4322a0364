/** Deliveries as their text cells say, and what of them is read: typed rows with their natural keys (contract 1). */
import { createHash } from 'node:crypto'
import { readDecimal } from './amounts.js'
import { readDay, readEnd, readInstant } from './dates.js'

/**
 * @typedef {Record<string, string>} Cells a row as text; a missing cell is an empty one
 * @typedef {object} Delivery
 * @property {string} feed
 * @property {string} [provider]
 * @property {string} [published] date or instant; one missing equals the other
 * @property {string} [received]
 * @property {number} [sequence]
 * @property {'full' | 'delta'} [scope] full unless said
 * @property {string[]} [complete] relations that are complete without a file
 * @property {'exclusive' | 'inclusive'} [endDates] exclusive unless said
 * @property {Record<string, number>} [rows] announced numbers of rows
 * @property {Record<string, number>} [counted] rows in the files, where only some of them are loaded
 * @property {Record<string, Cells[]>} relations the files: relation to rows; an empty list is a file with only a header
 *
 * @typedef {{key: string, isDeleted: boolean, facts: Record<string, any>}} Row
 * @typedef {object} Snapshot
 * @property {string} feed
 * @property {number} published milliseconds
 * @property {number} received milliseconds
 * @property {number} sequence
 * @property {string} digest
 * @property {Map<string, {isComplete: boolean, isFileOfFull: boolean, rows: Row[]}>} relations
 */

const trimmed = (text) => (text ?? '').trim()
const orNull = (text) => (trimmed(text) === '' ? null : trimmed(text))
const word = (text) => trimmed(text).toLowerCase()
const territories = (text) => trimmed(text).toUpperCase().replaceAll(/\s/g, '')

/** Thrown for a cell that cannot be read; its row is rejected. */
class Unreadable extends Error {}

function readOrNull(text, read) {
  if (trimmed(text) === '') return null
  const value = read(trimmed(text))
  if (value === undefined) throw new Unreadable(text)
  return value
}

const isNine = (text) => trimmed(text).startsWith('9999')
const from = (cells) => readOrNull(cells.valid_from, readDay)
/** The year 9999 is no end (decision 6). */
const to = (cells, convention) =>
  isNine(cells.valid_to) ? null : readOrNull(cells.valid_to, (text) => readEnd(text, convention))
const decimal = (text, decimals) => readOrNull(text, (number) => readDecimal(number, decimals))

/** For each relation: required columns, natural key, and what its cells mean. */
const RELATIONS = {
  parties: {
    required: ['party_id', 'name'],
    key: ['id'],
    read: (cells) => ({
      id: trimmed(cells.party_id),
      name: trimmed(cells.name),
      ipiName: trimmed(cells.ipi_name_number),
      ipiBase: trimmed(cells.ipi_base_number),
      isni: trimmed(cells.isni),
      group: trimmed(cells.group_id),
    }),
  },
  works: {
    required: ['work_id', 'title'],
    key: ['id'],
    read: (cells) => ({ id: trimmed(cells.work_id), title: trimmed(cells.title), iswc: trimmed(cells.iswc) }),
  },
  recordings: {
    required: ['recording_id', 'title'],
    key: ['id'],
    read: (cells) => ({ id: trimmed(cells.recording_id), title: trimmed(cells.title), isrc: trimmed(cells.isrc) }),
  },
  links: {
    required: ['recording_id', 'work_id'],
    key: ['recording', 'work'],
    read: (cells, convention) => ({
      recording: trimmed(cells.recording_id),
      work: trimmed(cells.work_id),
      weight: decimal(cells.weight, 9),
      duration: decimal(cells.duration_ms, 0),
      from: from(cells),
      to: to(cells, convention),
    }),
  },
  shares: {
    required: ['work_id', 'share_kind', 'right'],
    key: ['work', 'party', 'role', 'chain', 'kind', 'right', 'territories', 'from'],
    read: (cells, convention) => ({
      work: trimmed(cells.work_id),
      party: orNull(cells.party_id),
      share: decimal(cells.share, 6),
      kind: word(cells.share_kind),
      right: word(cells.right),
      role: word(cells.role),
      chain: trimmed(cells.chain),
      territories: territories(cells.territories),
      from: from(cells),
      to: to(cells, convention),
      status: word(cells.status),
    }),
  },
  licences: {
    required: ['licence_id', 'right', 'coverage'],
    key: ['id'],
    read: (cells, convention) => ({
      id: trimmed(cells.licence_id),
      right: word(cells.right),
      coverage: word(cells.coverage),
      licensor: orNull(cells.licensor_party_id),
      territories: territories(cells.territories),
      from: from(cells),
      to: to(cells, convention),
      repertoire: trimmed(cells.repertoire),
    }),
  },
  affiliations: {
    required: ['party_id', 'licensor_party_id', 'right'],
    key: ['party', 'licensor', 'right', 'territories', 'from'],
    read: (cells, convention) => ({
      party: trimmed(cells.party_id),
      licensor: trimmed(cells.licensor_party_id),
      right: word(cells.right),
      territories: territories(cells.territories),
      from: from(cells),
      to: to(cells, convention),
    }),
  },
  right_weights: {
    required: ['territories', 'mech', 'perf'],
    key: ['territories', 'from'],
    read: (cells, convention) => ({
      territories: territories(cells.territories),
      mech: decimal(cells.mech, 9),
      perf: decimal(cells.perf, 9),
      from: from(cells),
      to: to(cells, convention),
    }),
  },
}

/** The relations that say anything about licensing. */
export const RELATION_NAMES = Object.keys(RELATIONS)

/** @returns {Row | undefined} undefined for a rejected row */
function readRow(name, cells, convention) {
  const { required, key, read } = RELATIONS[name]
  const isDeleted = word(cells.op) === 'delete'
  // A row that withdraws needs no more than its key.
  if (!isDeleted && required.some((column) => trimmed(cells[column]) === '')) return undefined
  try {
    const facts = read(cells, convention)
    return { key: JSON.stringify(key.map((column) => facts[column])), isDeleted, facts }
  } catch (error) {
    if (error instanceof Unreadable) return undefined
    throw error
  }
}

/** A relation of which another number of rows was announced is partial: nothing is inferred from what it lacks. */
const isPartial = ({ rows = {}, counted = {}, relations }, name) =>
  rows[name] !== undefined && rows[name] !== (counted[name] ?? relations[name]?.length)

/**
 * @param {Delivery} delivery
 * @returns {Snapshot} throws when it says neither when it was published nor when it was received
 */
export function readDelivery(delivery) {
  const { feed, scope = 'full', complete = [], endDates = 'exclusive', sequence } = delivery
  const published = delivery.published ?? delivery.received
  const received = delivery.received ?? delivery.published
  if (published === undefined || received === undefined) throw new Error(`${feed}: a delivery without any date`)
  const relations = new Map()
  for (const name of RELATION_NAMES) {
    const cells = delivery.relations[name]
    if (cells === undefined && !complete.includes(name)) continue
    const rows = (cells ?? []).map((one) => readRow(name, one, endDates)).filter((row) => row !== undefined)
    const isFull = scope === 'full'
    relations.set(name, { isComplete: isFull && !isPartial(delivery, name), isFileOfFull: isFull, rows })
  }
  return {
    feed,
    published: readInstant(published),
    received: readInstant(received),
    sequence: sequence ?? Number.NEGATIVE_INFINITY,
    digest: createHash('sha256').update(JSON.stringify(delivery.relations)).digest('hex'),
    relations,
  }
}
