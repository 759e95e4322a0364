/** Which of some recordings, works and parties conflicts bear on: the rules run once for all of them. */
import { NotFoundError } from '../errors.js'
import type { SubjectRef } from '../lookup/index.js'
import type { Evidence } from '../store/duckdb.js'
import { resolveKnowledge } from '../store/evidence/knowledge.js'
import { StatementReader } from '../store/evidence/statements.js'
import { openBench } from './bench.js'
import { evaluate } from './evaluate.js'
import { type Asked, FOCUS_READS, gatherSubjects, makeFocus } from './focus.js'
import { askedRight, askedRules, askedTerritory, type ConflictsRequest, rulesAboutThings } from './request.js'
import { choose } from './resolve.js'

/**
 * Those of the things about which `conflicts` would tell something, in their order. What is alike is sought among all of them together, so that
 * it can be more than about each alone. Throws as `conflicts`, but for a thing that nobody mentions: it has none.
 */
export async function amongInConflict<T extends Asked>(
  db: Evidence,
  things: readonly T[],
  request: Pick<ConflictsRequest, 'id' | 'severity' | 'territory' | 'right' | 'known'>,
): Promise<T[]> {
  const rules = askedRules(request)
  const filter = { rules, territory: askedTerritory(request), right: askedRight(request), feed: null }
  const knowledge = await resolveKnowledge(db, request.known)
  const reader = new StatementReader(db, null)
  const subjects: SubjectRef[] = []
  const known: T[] = []
  for (const thing of things) {
    const own = await subjectsOf(db, thing, reader)
    if (own === null) continue
    known.push(thing)
    subjects.push(...own)
  }
  const bench = await openBench(db, async () => ({ subjects, reader }))
  await evaluate(bench, knowledge, { rules: rulesAboutThings(rules), meant: FOCUS_READS })
  const found: T[] = []
  for (const thing of known) {
    await makeFocus(bench, thing)
    await choose(bench, { ...filter, focus: thing.kind })
    const [row] = await bench.rows('SELECT count(*) AS n FROM sorted_findings')
    if (Number(row?.n) > 0) found.push(thing)
  }
  return found
}

/** Null where nobody mentions it. */
async function subjectsOf(db: Evidence, thing: Asked, reader: StatementReader): Promise<readonly SubjectRef[] | null> {
  try {
    return (await gatherSubjects(db, thing, reader)).subjects
  } catch (error) {
    if (error instanceof NotFoundError) return null
    throw error
  }
}
