/** Publishers and writers of a registration with the territory lines that belong to each. */
import type { Party } from './parties.js'
import { partyOf } from './parties.js'
import type { CwrRecord } from './record.js'
import { readShare, type ShareCell, trimBlanks } from './values.js'

/** The three rights of CWR: PR, MR and SR. */
export const RIGHTS = ['perf', 'mech', 'sync'] as const
export type Right = (typeof RIGHTS)[number]
export type Shares = Readonly<Record<Right, ShareCell>>

/** One SPT, OPT, SWT, OWT or TER line. */
export interface TerritoryLine {
  record: CwrRecord
  include: boolean
  territory: string
  shares: Shares
  /** Refused for an unreadable share: it still overrides earlier lines, with nothing. */
  refused: boolean
}

/** One publisher or writer record and what follows it. */
export interface Entry {
  record: CwrRecord
  side: 'publisher' | 'writer'
  party: Party
  shares: Shares
  territories: TerritoryLine[]
  /** Non-Roman names (NPN, NWN). */
  otherNames: CwrRecord[]
  /** For a writer: the PWR records that tell who represents it. */
  representations: CwrRecord[]
}

/** Why a record cannot be used, and the cell to blame. */
export interface Refusal {
  reason: string
  column?: string
  value?: string
}

export const sharesOf = (record: CwrRecord): Shares => ({
  perf: readShare(record.cell('perf_share')),
  mech: readShare(record.cell('mech_share')),
  sync: readShare(record.cell('sync_share')),
})

/** The first unreadable share of a record, as a refusal; null when all can be read. */
export const unreadableShare = (shares: Shares): Refusal | null => {
  for (const right of RIGHTS) {
    const cell = shares[right]
    if (cell.says === 'unreadable') {
      return { reason: `${right} share is not a number of five digits`, column: `${right}_share`, value: cell.raw }
    }
  }
  return null
}

export const isSilent = (shares: Shares): boolean => RIGHTS.every((right) => shares[right].says === 'nothing')

export const entryOf = (record: CwrRecord): Entry => ({
  record,
  side: record.type === 'SPU' || record.type === 'OPU' ? 'publisher' : 'writer',
  party: partyOf(record),
  shares: sharesOf(record),
  territories: [],
  otherNames: [],
  representations: [],
})

/** Why the I/E flag or the territory code of a line cannot be read; null when both can. */
export const unreadableTerritory = (record: CwrRecord): Refusal | null => {
  const inclusion = record.cell('inclusion')
  if (inclusion !== 'I' && inclusion !== 'E') {
    return {
      reason: 'the line neither includes (I) nor excludes (E) its territory',
      column: 'inclusion',
      value: inclusion,
    }
  }
  const territory = trimBlanks(record.cell('territory'))
  if (!/^[0-9]{1,4}$/.test(territory)) {
    return { reason: 'territory is not a TIS number', column: 'territory', value: territory }
  }
  return null
}

export const territoryLineOf = (record: CwrRecord, refused: boolean): TerritoryLine => ({
  record,
  include: record.cell('inclusion') === 'I',
  territory: record.get('territory'),
  shares: sharesOf(record),
  refused,
})
