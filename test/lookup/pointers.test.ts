/** Following pointers: every subject once, and nothing cut off in silence. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { lookup } from '../../src/lookup/index.js'
import { Pointers } from '../../src/lookup/pointers.js'
import { sqlPointerKey } from '../../src/store/evidence/pointers.js'
import { TestEvidence, type TestRow } from '../support/evidence.js'

const WORKS = 2100
const share = (work: number): TestRow => ({
  relation: 'shares',
  values: { work_id: `W${work}`, party_id: 'P', share: '50', share_kind: 'ownership', right: 'mech' },
})
const affiliation: TestRow = {
  relation: 'affiliations',
  values: { party_id: 'P', licensor_party_id: 'S', right: 'mech' },
}
const licence = (id: string): TestRow => ({
  relation: 'licences',
  values: { licence_id: id, right: 'mech', coverage: 'by-claim', licensor_party_id: 'S', repertoire: 'all' },
})
const party = (id: string): TestRow => ({ relation: 'parties', values: { party_id: id, name: id } })

let evidence: TestEvidence
beforeAll(async () => {
  evidence = await TestEvidence.create()
  const shares = Array.from({ length: WORKS }, (_, work) => share(work))
  const rows = [party('P'), party('S'), affiliation, licence('L1'), licence('L2'), ...shares]
  await evidence.load({ published: '2020-01-01', received: '2020-01-01', scope: 'full', rows })
  // The same again with another share: each work has a second pointer, to the same subject.
  const changed = rows.map((row) =>
    row.relation === 'shares' ? { ...row, values: { ...row.values, share: '40' } } : row,
  )
  await evidence.load({ published: '2020-02-01', received: '2020-02-01', scope: 'full', rows: changed })
}, 60_000)
afterAll(() => evidence.close())

const partyKey = sqlPointerKey('party', "'p1/x'", "'P'")
const licensorKey = sqlPointerKey('licensor', "'p1/x'", "'S'")

describe('Pointers', () => {
  it('lead to each subject once', async () => {
    const subjects = await new Pointers(evidence.db).follow([licensorKey])
    expect(subjects.map(({ relation }) => relation).sort()).toEqual(['affiliations', 'licences', 'licences'])
    expect(new Set(subjects.map(({ sql }) => sql)).size).toBe(3)
  })

  it('say of which relation they left some out, and leave none of another out for it', async () => {
    const pointers = new Pointers(evidence.db)
    const subjects = await pointers.follow([partyKey, licensorKey])
    expect([...pointers.cut]).toEqual(['shares'])
    expect(subjects.filter(({ relation }) => relation !== 'shares')).toHaveLength(3)
    expect(subjects.filter(({ relation }) => relation === 'shares').length).toBeGreaterThanOrEqual(2000)
  })

  it('leave out what is not asked for, beside what is, in one query', async () => {
    const pointers = new Pointers(evidence.db)
    const relationsOf = async (...asked: Parameters<Pointers['follow']>) =>
      (await pointers.follow(...asked)).map(({ relation }) => relation).sort()
    const [licences, all, nothing, claims] = await Promise.all([
      relationsOf([licensorKey], 'affiliations'),
      relationsOf([licensorKey]),
      relationsOf([partyKey, sqlPointerKey('party', "'p1/x'", "'nobody'")], 'shares'),
      relationsOf([partyKey], 'affiliations'),
    ])
    expect(licences).toEqual(['licences', 'licences'])
    expect(all).toEqual(['affiliations', 'licences', 'licences'])
    expect(nothing).toEqual([])
    expect(new Set(claims)).toEqual(new Set(['shares']))
  })

  it('follow all when as many are wanted', async () => {
    const pointers = new Pointers(evidence.db, 1_000_000)
    expect(await pointers.follow([partyKey])).toHaveLength(WORKS)
    expect(pointers.cut.size).toBe(0)
    expect(await pointers.follow([partyKey])).toHaveLength(WORKS)
  })
})

describe('a look-up of a party with many works', () => {
  it('says that there are more, and has all when it may', async () => {
    const some = await lookup(evidence.db, { id: 'P', limit: 50 })
    expect(some.relations.shares).toHaveLength(50)
    expect(some.cut).toContain('shares')
    const all = await lookup(evidence.db, { id: 'P', limit: 5000 })
    expect(all.relations.shares).toHaveLength(WORKS)
    expect(all.cut).toEqual([])
  })
})
