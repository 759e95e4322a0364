/** Who a CWR record speaks about, by an identity that holds between files. */

import { displayIdentifier, parseIdentifier } from '../../model/identifiers/parse.js'
import type { GivenValues } from '../reader.js'
import type { CwrRecord } from './record.js'

export interface Party {
  /** Null for an unnamed party: "unknown" publisher or writer, that is copyright control. */
  id: string | null
  /** Interested-party number: local to the submitter, stable inside one file only. */
  number: string
  name: string
  ipiNameNumber: string
  ipiBaseNumber: string
}

const normaliseName = (name: string): string => name.normalize('NFC').toUpperCase().replace(/\s+/gu, ' ').trim()

/** A writer's name as "LAST, First"; a publisher's or a group's as it stands. */
export const nameOf = (record: CwrRecord): string =>
  [record.get('name'), record.get('first_name')].filter((part) => part !== '').join(', ')

/**
 * The party named by a publisher, writer or agreement record. Its id is `ipi:<11 digits>` when the IPI name number
 * passes its check, else `ipi-base:<I-000000000-0>`, else `name:<NAME>`: interested-party numbers are renumbered
 * between files and would make strangers of the same party (or one party of two strangers).
 */
export const partyOf = (record: CwrRecord): Party => {
  const ipiNameNumber = record.get('ipi_name_number')
  const ipiBaseNumber = isNoBaseNumber(record.get('ipi_base_number')) ? '' : record.get('ipi_base_number')
  const name = nameOf(record)
  const ipi = parseIdentifier('ipi-name', ipiNameNumber)
  const base = parseIdentifier('ipi-base', ipiBaseNumber)
  const comparable = normaliseName(name)
  // A name of nothing but tabs names nobody, and would make one party of all that have it.
  let id: string | null = comparable === '' ? null : `name:${comparable}`
  if (base.valid) id = `ipi-base:${displayIdentifier('ipi-base', base.normalised)}`
  if (ipi.valid) id = `ipi:${ipi.normalised}`
  return { id, number: record.get('party_number'), name, ipiNameNumber, ipiBaseNumber }
}

/** Writers of files fill the IPI base number with zeros when there is none. */
const isNoBaseNumber = (text: string): boolean => /^(?:I-?)?[0-]*$/.test(text)

/** The id in texts that must name every party, also the unknown one. */
export const partyText = (party: Party): string => party.id ?? 'unknown'

/** Columns of `parties` for a named party; a party known by a number alone is called by that number. */
export const partyValues = (party: Party, kind: 'writer' | 'publisher' | null): GivenValues => ({
  party_id: party.id,
  name: party.name === '' ? party.id : party.name,
  ipi_name_number: party.ipiNameNumber,
  ipi_base_number: party.ipiBaseNumber,
  kind,
})
