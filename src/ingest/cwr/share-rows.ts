/**
 * `shares` rows of one publisher or writer: ownership from SPU, OPU, SWR and OWR (which have no territory in CWR),
 * collection from the SPT, OPT, SWT and OWT lines below it.
 *
 * A blank share does not speak and gives no row, an explicit 00000 gives a row of 0.00. When a record leaves all three
 * rights blank, the party is named without a share: one row per right with an empty share, which means unknown. In
 * territory lines a right that no line of the party fills gives no row either; but a blank among filled lines gives a
 * row with an empty share for its territories, because it overrides what an earlier line said about them.
 */
import { foldTerritoryLines } from '../../model/territories/fold.js'
import type { Finding, GivenValues, RecordSink } from '../reader.js'
import { publisherType } from './chains.js'
import { type Entry, isSilent, RIGHTS, type Right, type Shares, type TerritoryLine } from './entries.js'
import { extraOf } from './transaction.js'

const PUBLISHER_ROLES: ReadonlyMap<string, string> = new Map([
  ['E', 'publisher'],
  ['AQ', 'publisher'],
  ['AM', 'administrator'],
  ['SE', 'sub-publisher'],
  ['PA', 'income-participant'],
])

const roleOf = (entry: Entry): string => {
  if (entry.side === 'publisher') return PUBLISHER_ROLES.get(publisherType(entry)) ?? 'other'
  return entry.record.get('designation') === 'PA' ? 'income-participant' : 'writer'
}

/** Cells of a party record that have a column, belong to the party, or stand beside one right only. */
const NOT_EXTRA = [
  ...['party_number', 'name', 'first_name', 'ipi_name_number', 'ipi_base_number'],
  ...RIGHTS.flatMap((right) => [`${right}_share`, `${right}_society`]),
]

type Note = (finding: Finding) => void

/** What all rows of an entry have in common. */
interface Common {
  work: string
  party: string | null
  role: string
  chain: string
}

/** Written out, because spreading objects costs more than all the rest of a row. */
const valuesOf = (common: Common, kind: string, right: Right, share: string, territories: string): GivenValues => ({
  work_id: common.work,
  party_id: common.party,
  share,
  share_kind: kind,
  right,
  role: common.role,
  chain: common.chain,
  territories,
})

/** Gives all `shares` rows of one entry: per right, one of ownership and one of collection per distinct territory text. */
export const shareRows = (sink: RecordSink, unit: string, entry: Entry, chain: string, note: Note): void => {
  const common = { work: unit, party: entry.party.id, role: roleOf(entry), chain }
  const cells = { record: entry.record.type, ...entry.record.others(NOT_EXTRA) }
  for (const right of RIGHTS) {
    const society = entry.record.get(`${right}_society`)
    giveOwnership(sink, unit, entry, right, common, society === '' ? cells : { ...cells, society })
    giveCollection(sink, unit, entry, right, common, note)
  }
}

/** Percent and raw text of one right's share, empty when it is not stated. */
const statedShare = (shares: Shares, right: Right): { share: string; raw: { share: string } | null } => {
  const cell = shares[right]
  return cell.says === 'share' ? { share: cell.percent, raw: { share: cell.raw } } : { share: '', raw: null }
}

const giveOwnership = (
  sink: RecordSink,
  unit: string,
  { record, shares }: Entry,
  right: Right,
  common: Common,
  extra: Readonly<Record<string, string>>,
): void => {
  if (shares[right].says === 'nothing' && !isSilent(shares)) return
  const { share, raw } = statedShare(shares, right)
  const place = raw === null ? { line: record.line, unit, extra } : { line: record.line, unit, extra, raw }
  sink.row('shares', place, valuesOf(common, 'ownership', right, share, ''))
}

/** What a line says about one right; a refused line still takes its territory away from earlier lines. */
interface RightLine {
  include: boolean
  tis: string
  share: string
  line: TerritoryLine
}

const giveCollection = (
  sink: RecordSink,
  unit: string,
  entry: Entry,
  right: Right,
  common: Common,
  note: Note,
): void => {
  const included = entry.territories.filter(({ include, refused }) => include && !refused)
  const isStated = included.some(({ shares }) => shares[right].says === 'share')
  if (!isStated && !included.some(({ shares }) => isSilent(shares))) return
  const lines = entry.territories
    .filter(({ shares, include, refused }) => isStated || !include || refused || isSilent(shares))
    .map(
      (line): RightLine => ({
        include: line.include && !line.refused,
        tis: line.territory,
        share: statedShare(line.shares, right).share,
        line,
      }),
    )
  const folded = foldTerritoryLines(lines, (left, right) => left.share === right.share)
  for (const row of folded.rows) {
    const first = row.lines[0]
    if (first === undefined) continue
    giveTerritoryRow(sink, unit, entry, right, first, row, common)
  }
  for (const { line, tis } of folded.overridden) {
    if (right !== firstStated(line)) continue
    note({
      code: 'territory-overridden',
      relation: 'shares',
      column: 'territories',
      line: line.record.line,
      value: tis,
      message: `later ${line.record.type} lines of the same party replace what this line says about territory ${tis}`,
    })
  }
}

const giveTerritoryRow = (
  sink: RecordSink,
  unit: string,
  entry: Entry,
  right: Right,
  { line, share }: RightLine,
  row: { territories: string; lines: readonly RightLine[] },
  common: Common,
): void => {
  const { record } = line
  const extra = {
    record: record.type,
    // Territories of parties that the submitter does not control are hearsay (CWR 2.2, OPT and OWT).
    authoritative: record.type === 'OPT' || record.type === 'OWT' ? 'no' : '',
    society: entry.record.get(`${right}_society`),
    ...record.others(['party_number', 'inclusion', 'territory', 'sequence', ...NOT_EXTRA]),
  }
  const shareCell = statedShare(line.shares, right).raw
  const raw = {
    ...shareCell,
    // All lines, because it is their order that makes the text.
    territories: entry.territories
      .map((each) => each.record.cell('inclusion') + each.record.cell('territory'))
      .join(' '),
  }
  sink.row(
    'shares',
    { line: record.line, unit, raw, ...extraOf(extra) },
    valuesOf(common, 'collection', right, share, row.territories),
  )
}

/** One note per line is enough, so it is given with the first right that the line fills. */
const firstStated = ({ shares }: TerritoryLine): Right =>
  RIGHTS.find((right) => shares[right].says === 'share') ?? 'perf'
