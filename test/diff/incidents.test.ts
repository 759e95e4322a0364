/**
 * Real series of snapshots with what really happened in them. The counts were worked out with Python's csv module, rows as
 * dictionaries by key, exact texts; where the series' own README counts otherwise, the reason stands beside it.
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Ask, DiffBench } from './kit.js'

const samples = fileURLToPath(new URL('../../../shared/data/snapshots', import.meta.url))
const isThere = existsSync(samples)

let bench: DiffBench
beforeAll(async () => {
  bench = await DiffBench.open(1)
})
afterAll(() => bench.close())

/** Rows before and after; created, updated, deleted; in how many updates each column differs. */
type Step = readonly [
  from: number,
  to: number,
  rows: readonly [number, number],
  counts: readonly [number, number, number],
  changed?: Readonly<Record<string, number>>,
]

const fileOf = (series: string, number: number) => {
  const name = `${String(number).padStart(3, '0')}.csv`
  return { path: join(samples, series, name), name }
}

/** The samples lie outside the folders of the test's database, so they are read through a copy. */
async function step(series: string, from: number, to: number, ask: Ask) {
  const { readFileSync } = await import('node:fs')
  const place = bench.place()
  const copy = (number: number, as: string) => {
    const { path, name } = fileOf(series, number)
    return { ...bench.write(place, `${as}-${name}`, readFileSync(path)), name }
  }
  return bench.diff(copy(from, 'old'), copy(to, 'new'), ask)
}

async function expectStep(series: string, [from, to, rows, counts, changed]: Step, ask: Ask) {
  const { diff, changes } = await step(series, from, to, ask)
  expect([diff.rows.old, diff.rows.new]).toEqual(rows)
  expect([diff.counts.created, diff.counts.updated, diff.counts.deleted]).toEqual(counts)
  expect(changes.length).toBe(counts[0] + counts[1] + counts[2])
  if (changed !== undefined) expect(Object.fromEntries(diff.changed)).toEqual(changed)
  return { diff, changes }
}

describe.skipIf(!isThere)('cisa-kev', () => {
  const steps: Step[] = [
    [1, 2, [1333, 1335], [2, 0, 0], {}],
    [2, 3, [1335, 1336], [1, 17, 0], { knownRansomwareCampaignUse: 14, shortDescription: 2, notes: 1 }],
    [3, 4, [1336, 1341], [5, 3, 0], { knownRansomwareCampaignUse: 3 }],
    [4, 5, [1341, 1352], [11, 1, 0], { knownRansomwareCampaignUse: 1 }],
    [5, 6, [1352, 1360], [9, 9, 1], { knownRansomwareCampaignUse: 8, shortDescription: 1 }],
    [6, 7, [1360, 1388], [28, 3, 0], { notes: 1, knownRansomwareCampaignUse: 1, shortDescription: 1 }],
  ]
  it.each(steps)('%i to %i', async (...one) => {
    const { changes } = await expectStep('cisa-kev', one as unknown as Step, { key: ['cveID'] })
    const told = changes.filter(
      ({ before, after }) =>
        before?.knownRansomwareCampaignUse === 'Unknown' && after?.knownRansomwareCampaignUse === 'Known',
    )
    expect(told.length).toBe({ 2: 0, 3: 14, 4: 3, 5: 1, 6: 8, 7: 1 }[one[1] as number])
  })
})

describe.skipIf(!isThere)('dotgov-federal', () => {
  const key = ['Domain name']
  const steps: Step[] = [
    [
      1,
      2,
      [1347, 1348],
      [3, 66, 2],
      { City: 17, State: 14, 'Security Contact Email': 44, Organization: 11, Agency: 1 },
    ],
    [2, 3, [1348, 1348], [1348, 0, 1348], {}],
    [4, 5, [1348, 1348], [0, 16, 0], { 'Security contact email': 14, Agency: 1, City: 1 }],
    [5, 6, [1348, 1347], [2, 7, 3], { 'Security contact email': 6, 'Organization name': 1 }],
    [6, 7, [1347, 1350], [3, 1, 0], { 'Security contact email': 1 }],
    [7, 8, [1350, 350], [0, 0, 1000]],
    [8, 9, [350, 1350], [1000, 0, 0]],
    [7, 9, [1350, 1350], [0, 0, 0]],
    [9, 10, [1350, 1349], [0, 0, 1]],
    [10, 11, [1349, 0], [0, 0, 1349]],
    [11, 12, [0, 1349], [1349, 0, 0]],
    [10, 12, [1349, 1349], [0, 0, 0]],
    [
      12,
      13,
      [1349, 1349],
      [1, 17, 1],
      { 'Security contact email': 15, City: 2, Agency: 1, 'Organization name': 1, State: 1 },
    ],
  ]
  it.each(steps)('%i to %i', async (...one) => {
    await expectStep('dotgov-federal', one as unknown as Step, { key })
  })

  it('2 to 3: keys and header changed in nothing but case, which can be left aside', async () => {
    const { diff } = await expectStep('dotgov-federal', [2, 3, [1348, 1348], [0, 0, 0], {}], { key, ignoreCase: true })
    expect(diff.schema.renamed.map(({ to }) => to)).toEqual(['Domain name', 'Domain type', 'Security contact email'])
    expect([diff.schema.added, diff.schema.removed]).toEqual([[], []])
  })

  it('3 to 4: a column renamed and the rows sorted anew are no change of any row', async () => {
    const step3: Step = [3, 4, [1348, 1348], [0, 0, 0], {}]
    const { diff } = await expectStep('dotgov-federal', step3, { key })
    expect([diff.schema.added, diff.schema.removed]).toEqual([['Organization name'], ['Organization']])
    const rename = new Map([['Organization', 'Organization name']])
    const renamed = await expectStep('dotgov-federal', step3, { key, rename })
    expect(renamed.diff.schema.renamed).toEqual([{ from: 'Organization', to: 'Organization name' }])
  })
})

describe.skipIf(!isThere)('gbfs-systems', () => {
  it.each([1, 2, 3, 4, 5, 6, 7])(
    '%i and the next: one key on 37 rows and one on 2 is refused, every time alike',
    async (from) => {
      const failure = await step('gbfs-systems', from, from + 1, { key: ['System ID'] }).catch(
        (error: unknown) => error,
      )
      expect(failure).toMatchObject({ code: 'duplicate-key', exitCode: 3 })
      const { message, details } = failure as { message: string; details: { examples: string[] } }
      expect(message).toContain(`2 keys are on several rows of 00${from}.csv`)
      expect(details.examples.join('\n')).toContain(`00${from}.csv: "HELBIZ-US" on 37 rows: lines `)
      expect(details.examples.join('\n')).toContain(`00${from}.csv: "ogalo" on 2 rows: lines `)
    },
  )

  // By rows, where the README counts by keys (last wins): 37 rows of one key are 37 changes here.
  const steps: Step[] = [
    [1, 2, [1185, 1185], [0, 2, 0], { 'Supported Versions': 2 }],
    [2, 3, [1185, 1229], [68, 0, 24]],
    [3, 4, [1229, 1230], [12, 0, 11]],
    [4, 5, [1230, 1301], [119, 2, 48]],
    [5, 6, [1301, 1327], [30, 0, 4]],
    [6, 7, [1327, 1329], [2, 0, 0]],
    [7, 8, [1329, 1292], [0, 0, 37]],
    [8, 9, [1292, 1292], [1, 0, 1]],
    [9, 10, [1292, 1265], [16, 88, 43], { Name: 44, URL: 53, 'Supported Versions': 6, 'Country Code': 2, Location: 1 }],
  ]
  it.each(steps)('%i to %i by id and address', async (...one) => {
    const { diff } = await expectStep('gbfs-systems', one as unknown as Step, {
      key: ['System ID', 'Auto-Discovery URL'],
    })
    if (one[0] !== 1) return
    expect(diff.schema.removed).toEqual(['Authentication Info'])
    expect(diff.schema.added).toEqual([
      'Authentication Info URL',
      'Authentication Type',
      'Authentication Parameter Name',
    ])
  })

  it('7 to 8 by rows: the 37 rows of one key are gone, whatever they are paired by', async () => {
    const { diff } = await step('gbfs-systems', 7, 8, { key: ['System ID'], onDuplicate: 'multiset' })
    expect([diff.counts.created, diff.counts.updated, diff.counts.deleted]).toEqual([0, 0, 37])
    expect(diff.duplicateKeys).toEqual({ old: 2, new: 1 })
  })

  it('9 to 10: ids tell rows apart from here on', async () => {
    await expectStep('gbfs-systems', [9, 10, [1292, 1265], [16, 88, 43]], { key: ['System ID'] })
  })
})
