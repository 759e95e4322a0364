import { describe, expect, it } from 'vitest'
import { benchModule } from './kit.js'

type Runs = Readonly<Record<string, readonly object[]>>
interface Size {
  readonly tracks: number
  readonly runs: Runs
}
interface Figures {
  middle(name: string): number | null
  p50(name: string): number | null
  p95(name: string): number | null
  ratio(above: number | null, below: number | null): number | null
  other(name: string): Figures
  readonly smallest: Figures
}
interface Measure {
  readonly name: string
  readonly rows: readonly {
    readonly id: string
    readonly label: string
    readonly unit: string
    readonly of: (figures: Figures) => number | null
    readonly aim?: string
    readonly grows?: boolean
  }[]
}
interface Row {
  readonly id: string
  readonly unit: string
  readonly values: Readonly<Record<string, number | null>>
}

const { tableRows } = await benchModule<{ tableRows(measures: readonly Measure[], sizes: readonly Size[]): Row[] }>(
  'report/rows.js',
)
const { figureText, sizeText, tableLines } = await benchModule<{
  figureText(unit: string, value: number | null): string
  sizeText(tracks: number): string
  tableLines(rows: readonly Row[], sizes: readonly number[]): string[]
}>('report/text-table.js')
const { growthChart } = await benchModule<{
  growthChart(rows: readonly Row[], sizes: readonly number[], caption: string): string | null
}>('report/growth-chart.js')

const measures: Measure[] = [
  {
    name: 'load',
    rows: [
      { id: 'load', label: 'load', unit: 's', of: (f) => f.middle('seconds'), grows: true },
      {
        id: 'load-ratio',
        label: '  / floor',
        unit: 'x',
        of: (f) => f.ratio(f.middle('seconds'), f.middle('floor')),
        aim: '<= 3',
      },
    ],
  },
  {
    name: 'ask',
    rows: [
      { id: 'ask-p50', label: 'ask', unit: 's', of: (f) => f.p50('cold') },
      { id: 'ask-p95', label: '  p95', unit: 's', of: (f) => f.p95('cold') },
      {
        id: 'ask-slowdown',
        label: '  / smallest',
        unit: 'x',
        of: (f) => f.ratio(f.p50('cold'), f.smallest.p50('cold')),
      },
      {
        id: 'ask-load',
        label: '  / load',
        unit: 'x',
        of: (f) => f.ratio(f.p50('cold'), f.other('load').middle('seconds')),
      },
    ],
  },
]
const sizes: Size[] = [
  {
    tracks: 10_000,
    runs: {
      load: [1, 9, 2].map((seconds) => ({ seconds, floor: 1 })),
      ask: [{ cold: [0.2, 0.1] }, { cold: [0.9] }],
    },
  },
  { tracks: 100_000, runs: { load: [{ seconds: 20, floor: 10 }], ask: [{ cold: [0.3] }] } },
  { tracks: 1_000_000, runs: { load: [{ seconds: 100, floor: null }] } },
]
const rows = tableRows(measures, sizes)
const valuesOf = (id: string): (number | null | undefined)[] => {
  const row = rows.find((one) => one.id === id)
  return sizes.map(({ tracks }) => row?.values[tracks])
}

describe('the rows of the table', () => {
  it('are medians of what was repeated, and of all samples together', () => {
    expect(valuesOf('load')).toEqual([2, 20, 100])
    expect(valuesOf('ask-p50')).toEqual([0.2, 0.3, null])
    // Nearest rank: of three samples, 95 in 100 do not exceed the third.
    expect(valuesOf('ask-p95')).toEqual([0.9, 0.3, null])
  })

  it('compare with the floor, with the smallest size and with another measure', () => {
    expect(valuesOf('load-ratio')).toEqual([2, 2, null])
    expect(valuesOf('ask-slowdown').map((value) => value?.toFixed(2))).toEqual(['1.00', '1.50', undefined])
    expect(valuesOf('ask-load')).toEqual([0.1, 0.015, null])
  })

  it('tell growth from the size before, and none at the smallest', () => {
    const growth = valuesOf('load-growth')
    expect(growth[0]).toBeNull()
    // 2 s to 20 s over one decade is linear; 20 s to 100 s is log10(5).
    expect(growth[1]).toBeCloseTo(1)
    expect(growth[2]).toBeCloseTo(0.699, 3)
    expect(rows.map(({ id }) => id)).toEqual([
      ...['load', 'load-growth', 'load-ratio'],
      ...['ask-p50', 'ask-p95', 'ask-slowdown', 'ask-load'],
    ])
  })
})

describe('the table for people', () => {
  it('writes figures with their units', () => {
    const written = [
      ['s', 0.0042],
      ['s', 0.0412],
      ['s', 3.456],
      ['s', 512.3],
      ['x', 2.345],
      ['^', 1.02],
      ['/s', 51_600],
      ['/s', 640],
      ['#', 1000],
      ['bytes', 999],
      ['bytes', 2_345_678_901],
    ] as const
    expect(written.map(([unit, value]) => figureText(unit, value))).toEqual([
      ...['4.2 ms', '41 ms', '3.46 s', '512 s', '2.35 x', 'n^1.02', '52 k/s', '0.6 k/s', '1,000', '999 B', '2.3 GB'],
    ])
    expect(figureText('s', null)).toBe('-')
    expect([1e4, 1e7, 25_000].map(sizeText)).toEqual(['1e4', '1e7', '25,000'])
  })

  it('aligns its columns, with a blank line between measures', () => {
    expect(tableLines(rows, [10_000, 100_000, 1_000_000])).toEqual([
      'tracks           1e4      1e5     1e6   aim',
      '',
      'load          2.00 s  20.00 s   100 s',
      '  growth           -   n^1.00  n^0.70   ~ 1',
      '  / floor     2.00 x   2.00 x       -  <= 3',
      '',
      'ask           200 ms   300 ms       -',
      '  p95         900 ms   300 ms       -',
      '  / smallest  1.00 x   1.50 x       -',
      '  / load      0.10 x   0.01 x       -',
    ])
  })
})

describe('the picture of growth', () => {
  it('puts figures where their logarithms are', () => {
    const linear = tableRows(measures, [
      { tracks: 10_000, runs: { load: [{ seconds: 1, floor: 1 }] } },
      { tracks: 100_000, runs: { load: [{ seconds: 10, floor: 1 }] } },
    ])
    // One decade each way: from the lower left corner (70, 420) of the plot to its upper right (590, 40).
    const picture = growthChart(linear, [10_000, 100_000], 'a < b & c')
    expect(picture).toContain('points="70.0,420.0 590.0,40.0"')
    expect(picture).toContain('a &lt; b &amp; c')
    expect(picture?.match(/<polyline /g)).toHaveLength(1)
    expect(growthChart([], [], 'here')).toBeNull()
  })
})
