/** Makes CWR records by position, independently of the layouts under test. */

type Cell = readonly [position: number, text: string]

export const record = (type: string, transaction: number, number: number, ...cells: readonly Cell[]): string => {
  const prefix = `${type}${String(transaction).padStart(8, '0')}${String(number).padStart(8, '0')}`
  return cells.reduce((line, [position, text]) => {
    const padded = line.padEnd(position - 1, ' ')
    return padded.slice(0, position - 1) + text + padded.slice(position - 1 + text.length)
  }, prefix)
}

export const header = `${'HDRPB000000199THE SENDER'.padEnd(59, ' ')}01.102018032210203720180322`
export const group = (type: string, version = '02.10'): string => `GRH${type}00001${version}0000000000`

const count = (number: number, length: number): string => String(number).padStart(length, '0')

/** A whole file around transactions of one group, with right counts, CR LF line ends. */
export const file = (transactions: readonly (readonly string[])[], type = 'NWR', version = '02.10'): string => {
  const lines = transactions.flat()
  const counts = (records: number) => count(transactions.length, 8) + count(records, 8)
  const trailers = [`GRT00001${counts(lines.length + 2)}`, `TRL00001${counts(lines.length + 4)}`]
  return [header, group(type, version), ...lines, ...trailers, ''].join('\r\n')
}

export const work = (transaction: number, title: string, number: string, type = 'NWR', iswc = ''): string =>
  record(type, transaction, 0, [20, title], [82, number], [96, iswc], [107, '00000000'], [195, '  '])

/** Shares as PR, MR, SR, each of five characters. */
type Shares = readonly [string, string, string]

export interface Publisher {
  chain?: string
  party: string
  name: string
  type?: string
  ipi?: string
  shares?: Shares
}

export const publisher = (type: string, transaction: number, number: number, who: Publisher): string => {
  const [perf, mech, sync] = who.shares ?? ['     ', '     ', '     ']
  const cells: Cell[] = [
    [20, who.chain ?? '01'],
    [22, who.party],
    [31, who.name],
    [77, who.type ?? 'E '],
    [88, who.ipi ?? '00000000000'],
  ]
  return record(type, transaction, number, ...cells, [116, perf], [124, mech], [132, sync])
}

export const publisherTerritory = (
  transaction: number,
  number: number,
  party: string,
  shares: Shares,
  territory: string,
  type = 'SPT',
): string => record(type, transaction, number, [20, party], [35, shares.join('')], [50, territory], [55, 'N001'])

export interface Writer {
  party: string
  last: string
  first?: string
  ipi?: string
  designation?: string
  shares?: Shares
}

export const writer = (type: string, transaction: number, number: number, who: Writer): string => {
  const [perf, mech, sync] = who.shares ?? ['     ', '     ', '     ']
  const cells: Cell[] = [
    [20, who.party],
    [29, who.last],
    [74, who.first ?? ''],
    [105, who.designation ?? 'CA'],
    [116, who.ipi ?? '00000000000'],
  ]
  return record(type, transaction, number, ...cells, [130, perf], [138, mech], [146, sync])
}

export const writerTerritory = (
  transaction: number,
  number: number,
  party: string,
  shares: Shares,
  territory: string,
): string => record('SWT', transaction, number, [20, party], [29, shares.join('')], [44, territory], [49, 'N001'])

export const represented = (
  transaction: number,
  number: number,
  publisherParty: string,
  writerParty: string,
  chain = '',
): string => record('PWR', transaction, number, [20, publisherParty], [102, writerParty], [111, chain])
