/** The findings of one delivery: equal kinds are counted, not repeated, so that memory stays bounded. */
import type { SnapshotFinding } from '../snapshots/index.js'
import type { Finding } from './reader.js'

/** Kinds of which every value is worth knowing: there are few, and each has to be looked into by itself. */
const BY_VALUE: ReadonlySet<string> = new Set([
  'missing-file',
  'missing-table',
  'unknown-territory',
  'historic-territory',
  'subdivision',
  'territory-contradiction',
])
/** Values told apart of one kind in one file; further ones are counted together. */
const MOST_VALUES = 50

export class FindingLog {
  private readonly byKind = new Map<string, SnapshotFinding & { occurrences: number }>()
  private readonly values = new Map<string, number>()

  /** Notes one finding, or `occurrences` like it. */
  note(file: number, finding: Finding, occurrences = 1): void {
    const { code, relation, column, line, value, message } = finding
    const kind = this.kindOf(file, finding)
    const known = this.byKind.get(kind)
    if (known === undefined) this.byKind.set(kind, { file, code, relation, column, line, value, message, occurrences })
    else known.occurrences += occurrences
  }

  private kindOf(file: number, { code, relation = '', column = '', value = '' }: Finding): string {
    const kind = JSON.stringify([file, code, relation, column])
    if (!BY_VALUE.has(code)) return kind
    const one = JSON.stringify([kind, value])
    if (this.byKind.has(one)) return one
    const before = this.values.get(kind) ?? 0
    if (before === MOST_VALUES) return kind
    this.values.set(kind, before + 1)
    return one
  }

  /** All findings in a fixed order. */
  all(): SnapshotFinding[] {
    return inOrder([...this.byKind.values()])
  }
}

const key = ({ file, code, relation = '', column = '', value = '' }: SnapshotFinding): string =>
  [String(file).padStart(9, '0'), code, relation, column, value].join('\u0000')

/** Findings by file, kind, relation, column, value. */
export const inOrder = (findings: readonly SnapshotFinding[]): SnapshotFinding[] =>
  [...findings].sort((a, b) => (key(a) < key(b) ? -1 : 1))
