import { describe, expect, it } from 'vitest'
import { benchModule } from './kit.js'

interface Run {
  readonly seconds: number
  readonly peakBytes: number | null
  readonly diskBytes: number
}

interface Size {
  readonly rows: number
  readonly csvBytes: number
  readonly ingest: Readonly<Record<string, readonly Run[]>> | null
  readonly lookup: Readonly<Record<string, readonly number[]>> | null
}

interface Table {
  readonly bySize: readonly { readonly id: string; readonly values: Readonly<Record<string, number | null>> }[]
  readonly start: readonly { readonly id: string; readonly value: number }[]
}

type Start = Readonly<Record<string, readonly number[]>> | null

const { tableRows } = await benchModule<{ tableRows(all: { sizes: readonly Size[]; start: Start }): Table }>(
  'report/rows.js',
)
const { figureText, sizeText, tableLines } = await benchModule<{
  figureText(unit: string, value: number | null): string
  sizeText(rows: number): string
  tableLines(table: Table, sizes: readonly number[]): string[]
}>('report/text-table.js')
const { growthChart } = await benchModule<{
  growthChart(table: Table, sizes: readonly number[], caption: string): string | null
}>('report/growth-chart.js')

const runs = (...seconds: number[]): Run[] => seconds.map((one) => ({ seconds: one, peakBytes: 2e8, diskBytes: 3e6 }))

const sizes: Size[] = [
  {
    rows: 10_000,
    csvBytes: 600_000,
    ingest: { ctas: runs(1, 1, 9), ingest: runs(2, 2, 2), reingest: runs(1), bounded: runs(3) },
    lookup: { node: [0.04, 0.05, 0.06], lookup: [0.2, 0.1, 0.9] },
  },
  {
    rows: 100_000,
    csvBytes: 6_000_000,
    ingest: { ctas: runs(10), ingest: runs(20), reingest: runs(5), bounded: runs(30) },
    lookup: { node: [0.05], lookup: [0.3] },
  },
]
const table = tableRows({ sizes, start: { node: [0.04], help: [0.1], version: [0.06] } })
const valuesOf = (id: string): Readonly<Record<string, number | null>> | undefined =>
  table.bySize.find((row) => row.id === id)?.values

describe('the rows of the table', () => {
  it('compares medians of one size with one another', () => {
    // Medians at 10,000 rows: CTAS 1, ingest 2; at 100,000: 10 and 20.
    expect(valuesOf('ingest-ratio')).toEqual({ 10000: 2, 100000: 2 })
    expect(valuesOf('ingest-rate')).toEqual({ 10000: 5000, 100000: 5000 })
    expect(valuesOf('reingest-ratio')).toEqual({ 10000: 0.5, 100000: 0.25 })
    expect(valuesOf('bounded-ratio')).toEqual({ 10000: 1.5, 100000: 1.5 })
    expect(valuesOf('lookup-median')).toEqual({ 10000: 0.2, 100000: 0.3 })
    expect(valuesOf('lookup-p95')).toEqual({ 10000: 0.9, 100000: 0.3 })
    expect(valuesOf('lookup-ratio')?.[10000]).toBeCloseTo(4)
    expect(valuesOf('lookup-slowdown')?.[10000]).toBe(1)
    expect(valuesOf('lookup-slowdown')?.[100000]).toBeCloseTo(1.5)
    expect(table.start.find(({ id }) => id === 'help-ratio')?.value).toBeCloseTo(2.5)
  })

  it('gives growth from the size before, and none at the smallest', () => {
    expect(valuesOf('ingest-growth')?.[10000]).toBeNull()
    expect(valuesOf('ingest-growth')?.[100000]).toBeCloseTo(1)
    // 1 s to 5 s over one decade: log10(5).
    expect(valuesOf('reingest-growth')?.[100000]).toBeCloseTo(0.699, 3)
  })

  it('keeps what could not be measured empty, and leaves out what was not asked for', () => {
    const [first] = sizes
    if (first === undefined) throw new Error('no size')
    const noMemory = { seconds: 1, peakBytes: null, diskBytes: 1 }
    const only = tableRows({ sizes: [{ ...first, ingest: { ingest: [noMemory] }, lookup: null }], start: null })
    expect(only.bySize.find(({ id }) => id === 'ingest-peak')?.values).toEqual({ 10000: null })
    expect(only.bySize.filter(({ id }) => id.startsWith('lookup'))).toEqual([])
    expect(only.start).toEqual([])
  })
})

describe('the table for people', () => {
  it('writes figures with their units', () => {
    expect(
      ['s', 's', 's', 'x', '^', '/s', 'bytes', 'bytes'].map((unit, index) => {
        const value = [0.0412, 3.456, 512.3, 2.345, 1.02, 51_600, 999, 2_345_678_901][index]
        return figureText(unit, value ?? null)
      }),
    ).toEqual(['41 ms', '3.46 s', '512 s', '2.35 x', 'n^1.02', '52 k/s', '999 B', '2.3 GB'])
    expect(figureText('s', null)).toBe('-')
    expect([1e4, 1e7, 25_000].map(sizeText)).toEqual(['1e4', '1e7', '25,000'])
  })

  it('aligns its columns', () => {
    const lines = tableLines(table, [10_000, 100_000])
    const ratio = lines.find((line) => line.startsWith('ingest / bare CTAS'))
    expect(ratio).toMatch(/^ingest \/ bare CTAS +2\.00 x +2\.00 x +<= 3$/)
    const ends = lines
      .slice(0, table.bySize.length)
      .map((line) => /^.{20,}? (?:x|s|B|kB|MB|k\/s)(?= )/.exec(line)?.[0].length)
    expect(new Set(ends.filter((end) => end !== undefined)).size).toBe(1)
  })
})

describe('the picture of growth', () => {
  it('puts figures where their logarithms are', () => {
    const linear: Table = { bySize: [{ id: 'ingest-seconds', values: { 10000: 1, 100000: 10 } }], start: [] }
    // One decade each way: from the lower left corner (70, 420) of the plot to its upper right (590, 40).
    expect(growthChart(linear, [10_000, 100_000], 'here')).toContain('points="70.0,420.0 590.0,40.0"')
    expect(growthChart({ bySize: [], start: [] }, [], 'here')).toBeNull()
  })
})
