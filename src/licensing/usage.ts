/** Which usage is a recording's. */
import type { SubjectRef } from '../lookup/index.js'

export interface UsageSubjects {
  /** Under the ids of the feeds that describe or link the recording. */
  readonly own: readonly SubjectRef[]
  /** By ISRC, in feeds that need not describe it: it is the recording's where the feed has no other of that id. */
  readonly byCode: readonly SubjectRef[]
}

/**
 * SQL condition on rows `r` of usage: it is the recording's. An ISRC in the place of an id stands for the recording only in a
 * feed that has no recording of that id (contract 1).
 */
export function sqlIsUsageOf({ own, byCode }: UsageSubjects, hasRecordings: boolean): string {
  const among = (subjects: readonly SubjectRef[], column: string) =>
    subjects.length === 0 ? 'false' : `${column} IN (${[...new Set(subjects.map(({ sql }) => sql))].join(', ')})`
  const described = hasRecordings
    ? `r.subject IN (SELECT q.subject FROM statements.recordings AS q WHERE ${among(byCode, 'q.subject')})`
    : 'false'
  return `(${among(own, 'r.subject')} OR (${among(byCode, 'r.subject')} AND NOT ${described}))`
}
