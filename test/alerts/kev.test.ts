/** A rule with known true counts on real snapshots: vulnerabilities that came to be used in ransomware campaigns. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { dryRun } from '../../src/alerts/dry-run.js'
import { withFileSource } from '../../src/alerts/sources/open.js'
import { PROJECT } from '../support/cli.js'
import { rules } from './kit.js'

const SERIES = join(PROJECT, '../shared/data/snapshots/cisa-kev')
const SET = rules(`rules:
  - id: ransomware
    on: update
    when: before."knownRansomwareCampaignUse" = 'Unknown' and after."knownRansomwareCampaignUse" = 'Known'
    message: '{key."cveID"}'`)

describe.skipIf(!existsSync(SERIES))('the series cisa-kev', () => {
  // From the README of the series.
  it.each([
    [1, 2, 0],
    [2, 3, 14],
    [3, 4, 3],
    [4, 5, 1],
    [5, 6, 8],
    [6, 7, 1],
  ])('from 00%i to 00%i raises %i alerts', async (old, now, alerts) => {
    const file = (number: number) => ({ path: join(SERIES, `00${number}.csv`), name: `00${number}.csv` })
    const request = {
      files: { old: file(old), new: file(now) },
      key: ['cveID'],
      types: new Map(),
      relation: null,
      published: null,
      received: null,
    }
    const result = await withFileSource(request, SET, (db, sources) => dryRun(db, SET, sources, { limit: 100 }))
    expect(result.alerts.length).toBe(alerts)
    expect(result.unknown).toEqual([])
  })
})
