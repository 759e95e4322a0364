/** What is told of one thing, worked out by DuckDB and by the small workbench. */
import { readdirSync } from 'node:fs'
import path from 'node:path'
import { expect } from 'vitest'
import { type Asked, gatherSubjects } from '../../src/conflicts/focus.js'
import { type ConflictsRequest, conflicts } from '../../src/conflicts/index.js'
import { smallBench } from '../../src/conflicts/small-bench.js'
import { type Evidence, openEvidence } from '../../src/store/duckdb.js'
import type { Place } from '../support/cli.js'

/** The evidence of what was last ingested in a place; to be closed. */
export function evidenceOf(place: Place): Promise<Evidence> {
  const generation = readdirSync(path.join(place.workspace, 'generations')).sort().at(-1) ?? ''
  return openEvidence(path.join(place.workspace, 'generations', generation, 'evidence.duckdb'), {
    mode: 'read',
    tempDirectory: path.join(place.folder, 'spill'),
    allowedDirectories: [],
  })
}

/** Everything that is told, as text. */
async function told(db: Evidence, request: ConflictsRequest, isLarge: boolean): Promise<string> {
  const { counts, findings, ...rest } = await conflicts(db, { limit: 0, ...request }, { isLarge })
  const whole = {
    ...rest,
    counts: [...counts],
    findings: findings.map(({ rule, ...finding }) => ({ rule: rule.id, ...finding })),
  }
  return JSON.stringify(whole, (_, value) => (typeof value === 'bigint' ? String(value) : value), 1)
}

/** Compares what is told of a thing in both ways (DuckDB takes a second); returns the ids of the rules that found something. */
export async function compare(db: Evidence, { kind, id }: Asked, more: ConflictsRequest = {}): Promise<string[]> {
  const request = { ...more, [kind]: id }
  const small = await told(db, request, false)
  expect(small, `${kind} ${id}`).toBe(await told(db, request, true))
  return [...small.matchAll(/"rule": "(C-[A-Z]+-\d+)"/g)].map(([, rule]) => rule ?? '')
}

export const isSmall = async (db: Evidence, asked: Asked): Promise<boolean> =>
  (await smallBench(db, await gatherSubjects(db, asked))) !== null
