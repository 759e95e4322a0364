/** The worked examples of the domain through the built program: ingest of each delivery, then the question. */
import { describe, expect, it } from 'vitest'
import type { LicensedDocument, RightJson } from '../../src/cli/views/licensed-document.js'
import { Place } from '../support/cli.js'
import { writeDeliveries } from './deliveries.js'
import { EXAMPLES, type Expected, PARTIES, WORKS } from './golden/index.js'
import type { Question } from './reference.js'

const wordsOf = ({ recording, on, territory, right, known, theories }: Question): string[] => [
  ...['licensed', recording, '--on', on, '--territory', territory, '--right', right],
  ...(known === undefined ? [] : ['--known', known]),
  ...(theories === undefined ? [] : ['--theory', theories.join(',')]),
]

const bucketsOf = ({ licensed, exempt, unlicensed, unknown, disputed }: Omit<RightJson, 'works'>) => [
  licensed,
  exempt,
  unlicensed,
  unknown,
  disputed,
]

const rounded = (values: readonly number[]) => values.map((value) => Math.round(value * 1e4) / 1e4)

function check(document: LicensedDocument, expected: Expected): void {
  const [right] = document.rights
  if (right === undefined) throw new Error('no right was answered')
  if (expected.buckets !== undefined) expect(bucketsOf(right)).toEqual(rounded(expected.buckets))
  if (expected.licensed !== undefined) expect(right.licensed).toBe(expected.licensed)
  if (expected.atMost !== undefined) expect(right.atMost).toBe(expected.atMost)
  if (expected.cleared !== undefined) expect(right.cleared).toBe(expected.cleared)
  if (expected.status !== undefined) expect(document.status).toBe(expected.status)
  if (expected.reason !== undefined) expect(right.reason).toBe(expected.reason)
  for (const [name, party] of Object.entries(expected.parties ?? {})) {
    const found = right.works.flatMap((work) => work.parties).find(({ party: { ipi } }) => ipi === PARTIES[name])
    expect(found, name).toMatchObject(party)
  }
  for (const [name, buckets] of Object.entries(expected.works ?? {})) {
    const found = right.works.find(({ work }) => work.iswc === WORKS[name])
    expect(found === undefined ? null : bucketsOf(found as unknown as RightJson), name).toEqual(rounded(buckets))
  }
}

describe('worked examples', () => {
  it.concurrent.each(EXAMPLES.map((example) => [example.name, example] as const))(
    '%s',
    async (_, { deliveries, asked, all }) => {
      const place = new Place()
      try {
        await place.json('ingest', ...writeDeliveries(place.folder, deliveries))
        for (const { question, expected } of asked) {
          check(await place.json<LicensedDocument>(...wordsOf(question)), expected)
        }
        if (all !== undefined) {
          const document = await place.json<LicensedDocument>(...wordsOf({ ...all.question, right: 'all' } as Question))
          expect(document.composite?.licensed).toBe(all.composite)
          expect(document.status).toBe(all.status)
        }
      } finally {
        place.remove()
      }
    },
    120_000,
  )
})
