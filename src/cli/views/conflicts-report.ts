/** Conflicts as the report that is written to a file. */
import { RULES } from '../../conflicts/index.js'
import type { ConflictsReport } from '../../report/index.js'
import type { ConflictJson, ConflictsDocument } from './conflicts-document.js'
import { magnitudeInWords, subjectInWords } from './conflicts-words.js'
import { shellWord } from './timeline-command.js'

/** @param words of the command that prints the same; @param program name and version */
export function conflictsReport(
  document: ConflictsDocument,
  words: readonly string[],
  program: string,
): ConflictsReport {
  const { known, since, counts, leftOut, conflicts, disappeared, sources, basis } = document
  return {
    known,
    since: since ?? null,
    counts: RULES.flatMap(({ id, name, severity }) => {
      const count = counts[id] ?? 0
      return count === 0 ? [] : [{ id, name, severity, count }]
    }),
    leftOut,
    conflicts: conflicts.map(conflictOf),
    disappeared: (disappeared ?? []).map(conflictOf),
    sources,
    generation: basis.generation,
    command: words.map(shellWord).join(' '),
    program,
  }
}

const conflictOf = (conflict: ConflictJson): ConflictsReport['conflicts'][number] => ({
  ...conflict,
  subject: subjectInWords(conflict.subject),
  right: conflict.right ?? '',
  territories: conflict.territories.join('|'),
  total: conflict.magnitude.total,
  over: conflict.magnitude.over,
  streams: conflict.magnitude.streams,
  magnitude: magnitudeInWords(conflict),
  detail: conflict.detail ?? '',
})
