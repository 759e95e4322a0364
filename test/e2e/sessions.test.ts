/**
 * Recorded sessions, replayed: what each of their commands must say was worked out by hand from the fixtures
 * (fixtures/README.md, Stories, and the lines named below), for the four deliveries that are loaded here.
 */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { FIXTURES, placeForSuite } from '../support/cli.js'

interface Step {
  readonly command: string
  readonly exitCode: number
  readonly document: Document
}

interface Document {
  readonly status?: string
  readonly known?: string
  readonly rights?: readonly Readonly<Record<string, unknown>>[]
  readonly hits?: readonly { readonly kind: string; readonly id: string }[]
  readonly forgiven?: readonly { readonly word: string; readonly readings: readonly string[] }[]
  readonly relations?: Readonly<Record<string, readonly { readonly source: { file: string; line: number } }[]>>
  readonly error?: { readonly code: string }
}

/** What is said of a step: the ids of hits, the buckets of a degree, source lines of statements, the code of an error. */
function told({ exitCode, document }: Step): unknown {
  const { hits, status, rights, relations, error } = document
  if (error !== undefined) return { exitCode, error: error.code }
  if (hits !== undefined) return hits.map(({ kind, id }) => `${kind} ${id}`)
  if (rights !== undefined) {
    const { licensed, exempt, unlicensed, unknown, disputed } = rights[0] ?? {}
    return { status, mech: [licensed, exempt, unlicensed, unknown, disputed] }
  }
  const lines = Object.entries(relations ?? {}).map(([name, rows]) => [
    name,
    rows.map(({ source }) => `${path.basename(source.file)}:${source.line}`).sort(),
  ])
  return Object.fromEntries(lines)
}

describe('recorded sessions', () => {
  const place = placeForSuite()
  beforeAll(async () => {
    const deliveries = ['society/2018-06-01', 'society/2019-03-01', 'service/2020-01-01', 'service/2021-07-01']
    await place.ingest(...deliveries.map((name) => path.join(FIXTURES, 'catalogue', name)))
  })

  async function replayed(name: string, exitCode: number): Promise<Step[]> {
    const file = path.join(FIXTURES, 'sessions', name)
    const { stdout, code } = await place.run('replay', file, '--json')
    expect(code).toBe(exitCode)
    const { steps } = JSON.parse(stdout) as { steps: Step[] }
    const recorded = readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('recital '))
    expect(steps.map(({ command }) => command)).toEqual(recorded)
    return steps
  }

  it('gap.txt: licensed until the last day of 2019 and from 1 March 2020, 60 days without', async () => {
    const steps = await replayed('gap.txt', 0)
    const licensed = { status: 'fully-licensed', mech: [100, 0, 0, 0, 0] }
    const unlicensed = { status: 'not-licensed', mech: [0, 0, 100, 0, 0] }
    // Both have just this title; which of them is first is not what the session is about.
    expect([...(told(steps[0] as Step) as string[])].sort()).toEqual(['recording ZZRCL1800003', 'work T9000000033'])
    expect(steps.slice(1, 5).map(told)).toEqual([licensed, unlicensed, unlicensed, licensed])
    expect(told(steps[5] as Step)).toMatchObject({
      // service/2020-01-01/recordings.csv line 4, society/2019-03-01/recordings.csv line 2.
      recordings: ['recordings.csv:2', 'recordings.csv:4'],
      links: ['links.csv:4'],
      works: ['works.csv:4'],
      shares: ['shares.csv:11'],
      // LIC-G1 and LIC-G2, as first delivered; the later delivery repeats them unchanged.
      licences: ['licences.csv:4', 'licences.csv:5'],
    })
  })

  it('retroactive.txt: not licensed as known the day before the licence was received, licensed on the day', async () => {
    const steps = await replayed('retroactive.txt', 0)
    expect(steps.map(told)).toEqual([
      ['recording ZZRCL1800010'],
      { status: 'not-licensed', mech: [0, 0, 100, 0, 0] },
      { status: 'fully-licensed', mech: [100, 0, 0, 0, 0] },
      [],
    ])
    expect(steps[1]?.document.known).toBe('2021-06-30')
  })

  it('medley.txt: 0.7 of 100 and 0.3 of 40 are 82, found in spite of a typing error', async () => {
    const steps = await replayed('medley.txt', 1)
    expect(steps[0]?.document.forgiven).toEqual([{ word: 'medlay', readings: ['medley'] }])
    expect([...(told(steps[0] as Step) as string[])].sort()).toEqual(['recording ZZRCL1800005', 'work T9000000055'])
    expect(told(steps[1] as Step)).toEqual({ status: 'partly-licensed', mech: [82, 0, 18, 0, 0] })
    // S-05 Medley Front Half, S-06 Medley Back Half: the works of `medley half`.
    expect([...(told(steps[2] as Step) as string[])].sort()).toEqual(['work T9000000055', 'work T9000000066'])
    // S-05: A claims 100 (shares.csv line 12).
    expect(told(steps[3] as Step)).toMatchObject({ works: ['works.csv:5'], shares: ['shares.csv:12'] })
    expect(told(steps[4] as Step)).toEqual({ exitCode: 4, error: 'unknown-id' })
  })
})
