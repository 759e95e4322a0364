/** The time vectors T1 to T18 of the domain through the built program, with the history loaded in two orders. */
import { afterAll, describe, expect, it } from 'vitest'
import type { LicensedDocument } from '../../src/cli/views/licensed-document.js'
import { Place } from '../support/cli.js'
import { type Delivery, writeDeliveries } from './deliveries.js'
import { BETWEEN, FIRST_KNOWN, HISTORY, TIME_VECTORS, TOO_LATE } from './golden/index.js'
import type { Question } from './reference.js'

const wordsOf = ({ recording, on, territory, right, known }: Question): string[] => [
  ...['licensed', recording, '--on', on, '--territory', territory, '--right', right],
  ...(known === undefined ? [] : ['--known', known]),
]

/** Claims under the parties of all works, as `A 50`. */
const claimsIn = ({ rights }: Pick<LicensedDocument, 'rights'>): string[] =>
  rights.flatMap(({ works }) =>
    works.flatMap(({ parties }) =>
      parties.flatMap(({ party, claims }) => claims.map(({ share }) => `${party.name} ${share}`)),
    ),
  )

const places = new Map<string, Promise<Place>>()
afterAll(async () => {
  for (const place of places.values()) (await place).remove()
})

/** A workspace with deliveries, each ingested by a run of its own in the given order; the same ones share it. */
function placeWith(deliveries: readonly Delivery[]): Promise<Place> {
  const key = JSON.stringify(deliveries)
  const there = places.get(key)
  if (there !== undefined) return there
  const made = (async () => {
    const place = new Place()
    for (const folder of writeDeliveries(place.folder, deliveries)) await place.json('ingest', folder)
    return place
  })()
  places.set(key, made)
  return made
}

describe.each([
  ['in order', (all: readonly Delivery[]) => all],
  ['the newest first', (all: readonly Delivery[]) => [...all].reverse()],
])('time vectors, loaded %s', (_, ordered) => {
  it.each(TIME_VECTORS.map((vector) => [vector.name, vector] as const))(
    '%s',
    async (_name, { deliveries, question, claims, unknown }) => {
      const place = await placeWith(ordered(deliveries))
      const document = await place.json<LicensedDocument>(...wordsOf(question))
      expect(claimsIn(document)).toEqual(claims)
      if (unknown === undefined) return
      const { licensed, exempt, unlicensed, unknown: open, disputed, reason } = document.rights[0] ?? {}
      expect([licensed, exempt, unlicensed, open, disputed]).toEqual([0, 0, 0, 100, 0])
      if (unknown.reason !== undefined) expect(reason).toBe(unknown.reason)
    },
    60_000,
  )

  it('T9 what changed between two dates of knowledge', async () => {
    const place = await placeWith(ordered(HISTORY))
    const known = `${BETWEEN.from}..${BETWEEN.to}`
    const document = await place.json<LicensedDocument>(...wordsOf({ ...BETWEEN.question, known }))
    const changes = (document.changes ?? []).map(({ known: at, party, before, after }) => [
      at,
      party.name,
      before,
      after,
    ])
    expect(changes).toEqual([
      ['2019-07-10', 'A', 50, null],
      ['2019-07-10', 'B', null, 50],
      ['2020-02-01', 'B', 50, 75],
    ])
    expect(claimsIn(document)).toEqual(BETWEEN.after)
  }, 60_000)

  it('T11 knowledge after the last receipt is refused', async () => {
    const place = await placeWith(ordered(HISTORY))
    const ended = await place.run(...wordsOf(TOO_LATE.question), '--json')
    expect(ended.code).toBe(2)
    const { error } = JSON.parse(ended.stdout) as { error: { code: string; message: string } }
    expect(error.code).toBe('known-too-late')
    expect(error.message).toContain(TOO_LATE.names)
  }, 60_000)

  it('T12 when the control of a party was first known', async () => {
    const place = await placeWith(ordered(HISTORY))
    const { question } = BETWEEN
    const words = wordsOf({ ...question, on: FIRST_KNOWN.on })
    const document = await place.json<LicensedDocument>(...words, '--known-curve')
    const first = (document.curve ?? []).find((each) =>
      claimsIn(each).some((claim) => claim.startsWith(FIRST_KNOWN.party)),
    )
    expect(first?.known).toBe(FIRST_KNOWN.known)
    expect((document.curve ?? []).map(({ known }) => known)).toEqual(['2019-01-10', '2019-07-10', '2020-02-01'])
  }, 60_000)
})
