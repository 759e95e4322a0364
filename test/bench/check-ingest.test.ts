import { describe, expect, it } from 'vitest'
import { benchModule, type Plan } from './kit.js'

const { checkIngest } = await benchModule<{ checkIngest(stdout: string, delivery: string, plan: Plan): void }>(
  'measure/check-ingest.js',
)
const plan: Plan = { shares: { rows: 500, created: 1, updated: 4, deleted: 2 } }
const document = (shares: object): string => JSON.stringify({ snapshots: [{ relations: { shares } }] })

describe('what an ingest reports against the plan', () => {
  it('accepts the planned rows', () => {
    checkIngest(document({ rows: 500, created: 500, updated: 0, deleted: 0, unchanged: 0 }), 'first', plan)
    // 500 - 2 deleted + 1 created; 500 - 2 - 4 stay as they were.
    checkIngest(document({ rows: 499, created: 1, updated: 4, deleted: 2, unchanged: 494 }), 'second', plan)
  })

  it('refuses a lost row and an absent relation', () => {
    const lost = document({ rows: 499, created: 499, updated: 0, deleted: 0, unchanged: 0 })
    expect(() => checkIngest(lost, 'first', plan)).toThrow('first delivery, shares.rows: planned 500, ingested 499')
    expect(() => checkIngest('{"snapshots":[]}', 'first', plan)).toThrow('planned 500, ingested undefined')
  })
})
