/** The findings of one delivery: equal kinds are counted, not repeated, so that memory stays bounded. */
import type { SnapshotFinding } from '../snapshots/index.js'
import type { Finding } from './reader.js'

export class FindingLog {
  private readonly byKind = new Map<string, SnapshotFinding & { occurrences: number }>()

  /** Notes one finding, or `occurrences` like it. */
  note(file: number, finding: Finding, occurrences = 1): void {
    const { code, relation, column, line, value, message } = finding
    const kind = JSON.stringify([file, code, relation ?? null, column ?? null])
    const known = this.byKind.get(kind)
    if (known === undefined) this.byKind.set(kind, { file, code, relation, column, line, value, message, occurrences })
    else known.occurrences += occurrences
  }

  /** All findings in a fixed order: by file, kind, relation, column. */
  all(): SnapshotFinding[] {
    const key = ({ file, code, relation = '', column = '' }: SnapshotFinding): string =>
      [String(file).padStart(9, '0'), code, relation, column].join('\u0000')
    return [...this.byKind.values()].sort((a, b) => (key(a) < key(b) ? -1 : 1))
  }
}
