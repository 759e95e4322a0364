/** What domain 1.5 promises of whole cells, on random pictures. */
import { describe, expect, it } from 'vitest'
import { Chance } from '../fuzz/chance.js'
import { type Delivery, writeDeliveries } from '../licensing/deliveries.js'
import { ipiNameOf } from '../licensing/numbers.js'
import { type Batch, makeBatch } from '../licensing/pictures.js'
import { type Answer, cell, factsOf, hasTables, type Question, readFolder } from '../licensing/reference.js'
import fc from '../support/property.js'
import { temporaryFolder } from '../support/workspaces.js'

const WHOLE = 100_000_000
const E = 60_000

const BATCHES = { numRuns: 8 }
const seed = fc.integer({ min: 0, max: 1_000_000 })
const batchOf = (number: number, doubtful = false): Batch =>
  makeBatch({ seed: number, worlds: 12, cells: 10, doubtful })

/** Without the names of works and parties, which hold feed names, and without the order in which they are told. */
function told(answer: Answer): unknown {
  const { works, ...rest } = answer
  const parts = works.map(({ parties, ...work }) =>
    JSON.stringify([
      { ...work, work: null },
      parties.map(({ floor, ceiling, class: kind }) => JSON.stringify([kind, floor, ceiling])).sort(),
    ]),
  )
  return { ...rest, works: parts.sort() }
}

const answers = (deliveries: readonly Delivery[], questions: readonly Question[]): Answer[] => {
  const facts = factsOf(deliveries)
  return questions.map((question) => cell(facts, question))
}

function shuffled<T>(chance: Chance, things: readonly T[]): T[] {
  return things
    .map((thing) => ({ thing, place: chance.next() }))
    .sort((one, other) => one.place - other.place)
    .map(({ thing }) => thing)
}

describe.skipIf(!hasTables)('whole cells (needs the territory tables beside the repository)', () => {
  it('are the same pictures for the same seed, and others for another', () => {
    const batch = batchOf(7)
    expect(batchOf(7)).toEqual(batch)
    expect(batchOf(8)).not.toEqual(batch)
  })

  it('have buckets from 0 to 100 that sum to 100, and a lower bound below the upper', () => {
    fc.assert(
      fc.property(seed, (number) => {
        const { deliveries, questions } = batchOf(number)
        for (const answer of answers(deliveries, questions)) {
          const { licensed, exempt, unlicensed, unknown, disputed, cleared, atLeast, atMost } = answer
          const buckets = [licensed, exempt, unlicensed, unknown, disputed]
          expect(Math.min(...buckets, cleared, atMost + E)).toBeGreaterThanOrEqual(0)
          expect(Math.abs(buckets.reduce((sum, next) => sum + next, 0) - WHOLE)).toBeLessThanOrEqual(E)
          expect(atLeast).toBe(licensed)
          expect(atLeast).toBeLessThanOrEqual(atMost + E)
        }
      }),
      BATCHES,
    )
  })

  it('do not depend on the order of deliveries and rows', () => {
    fc.assert(
      fc.property(seed, (number) => {
        const { deliveries, questions } = batchOf(number, true)
        const chance = new Chance('order', number)
        const mixed = shuffled(chance, deliveries).map((delivery) => ({
          ...delivery,
          relations: Object.fromEntries(
            Object.entries(delivery.relations).map(([name, rows]) => [name, shuffled(chance, rows)]),
          ),
        }))
        expect(answers(mixed, questions).map(told)).toEqual(answers(deliveries, questions).map(told))
      }),
      BATCHES,
    )
  })

  it('do not depend on the names of feeds and ids', () => {
    fc.assert(
      fc.property(seed, (number) => {
        const { deliveries, questions } = batchOf(number, true)
        const renamed = JSON.parse(
          JSON.stringify(deliveries).replaceAll('p1/x', 'z9/q').replaceAll('p2/x', 'a0/q'),
        ) as Delivery[]
        expect(answers(renamed, questions).map(told)).toEqual(answers(deliveries, questions).map(told))
      }),
      BATCHES,
    )
  })

  it('never lose a licensed part, nor gain an unlicensed one, by one more licence', () => {
    fc.assert(
      fc.property(seed, fc.nat(11), fc.nat(4), (number, world, party) => {
        const { deliveries, questions } = batchOf(number)
        const rows = ['mech', 'perf'].map((right) => ({
          licence_id: `more-${right}`,
          right,
          coverage: 'by-claim',
          repertoire: 'all',
        }))
        const withLicences = (ipi: string): Delivery => ({
          feed: 'zz/x',
          received: '2017-01-01',
          relations: { licences: rows.map((row) => ({ ...row, licensor_party_id: ipi })) },
        })
        // Licence data exist in both; in one of them by nobody who claims anything.
        const plain = questions.filter(({ theories }) => theories === undefined)
        const before = answers([...deliveries, withLicences(ipiNameOf(999_999))], plain)
        const after = answers([...deliveries, withLicences(ipiNameOf(1_000 + world * 10 + party))], plain)
        for (const [place, { licensed, unlicensed }] of after.entries()) {
          expect(licensed).toBeGreaterThanOrEqual(before[place]?.licensed ?? WHOLE)
          expect(unlicensed).toBeLessThanOrEqual(before[place]?.unlicensed ?? 0)
        }
      }),
      BATCHES,
    )
  })

  it('are the same once written to folders and read again', async () => {
    const { deliveries, questions } = batchOf(11, true)
    const read = await Promise.all(writeDeliveries(temporaryFolder(), deliveries).map(readFolder))
    expect(answers(read, questions).map(told)).toEqual(answers(deliveries, questions).map(told))
  })

  it('show all that pictures are for', () => {
    const seen = new Set<string>()
    for (const number of [1, 2, 3, 4, 5, 6]) {
      const { deliveries, questions } = makeBatch({ seed: number, worlds: 40, cells: 10 })
      for (const answer of answers(deliveries, questions)) {
        seen
          .add(answer.status)
          .add(`reason ${answer.reason}`)
          .add(`readings ${Math.min(answer.works.length, 3)}`)
        for (const { kind, basis, parties } of answer.works) {
          seen.add(`kind ${kind}`).add(basis)
          for (const { class: found } of parties) seen.add(found)
        }
        if (answer.licensed > 0 && answer.licensed < WHOLE) seen.add('licensed in part')
      }
    }
    const wanted = [
      ...['fully-licensed', 'partly-licensed', 'not-licensed', 'undetermined', 'licensed in part'],
      ...['no-data', 'unmatched', 'no-licence-data', 'partial-date', 'null'].map((reason) => `reason ${reason}`),
      ...['licensing', 'collection', 'ownership', 'null'].map((kind) => `kind ${kind}`),
      ...['given', 'duration', 'equal', 'L', 'PD', 'N', 'Qu', 'Qd', 'readings 0', 'readings 3'],
    ]
    expect(wanted.filter((what) => !seen.has(what))).toEqual([])
  })
})
