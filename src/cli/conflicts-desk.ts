/** What a screen of conflicts asks of the world outside: rows, decisions, files. */
import type { ConflictsResult, Evidenced } from '../conflicts/index.js'
import { decide } from './decide.js'
import type { Session } from './session.js'
import type { ConflictsDocument, DecisionJson } from './views/conflicts-document.js'
import type { DecideDocument } from './views/decide.js'
import type { SourceJson } from './views/licensed-document.js'

/** A file that conflicts are written to. */
export interface ConflictsFile {
  readonly format: 'csv' | 'html' | 'markdown'
  /** Relative to the working directory. */
  readonly name: string
  readonly overwrite: boolean
}

/** A row that takes part in a conflict. */
export interface ConflictRow {
  readonly statement: string
  readonly source: SourceJson | null
  /** Name and IPI of the holder, where it is a party of the conflict. */
  readonly party: string | null
  /** `shares`, `licences`, …; `delivery` for a delivery or a refused line. */
  readonly relation: string
  /** What it says, by column; what is empty is left out. */
  readonly values: Readonly<Record<string, string>>
}

export interface NewVerdict {
  readonly key: string
  readonly verdict: string
  readonly identity?: string | undefined
  readonly reason: string
  readonly author: string
}

export interface ConflictsDesk {
  readonly document: ConflictsDocument
  /** Words of the command that prints the same. */
  readonly command: readonly string[]
  /** Who decides unless somebody else is named; empty: nobody was named yet. */
  readonly author: string
  /** By statement. */
  readonly rows: ReadonlyMap<string, ConflictRow>
  /** Writes a decision down; what stands about the conflict then. Throws UsageError as `decide` does. */
  decide(decision: NewVerdict): Promise<DecisionJson[]>
  /** Writes an undoing down, in the same way. */
  undo(entry: { readonly id: number; readonly reason: string; readonly author: string }): Promise<DecisionJson[]>
  /** Throws UsageError as `writeReportFile` does. */
  write(document: ConflictsDocument, file: ConflictsFile): Promise<void>
}

interface Surroundings extends Pick<ConflictsDesk, 'document' | 'command' | 'author'> {
  readonly result: ConflictsResult
  readonly write: (document: ConflictsDocument, file: ConflictsFile) => Promise<void>
}

export function conflictsDesk(
  session: Session,
  { document, command, author, result, write }: Surroundings,
): ConflictsDesk {
  const evidence = [...result.findings, ...(result.disappeared ?? [])].flatMap((finding) => finding.evidence)
  return {
    document,
    command,
    author,
    rows: new Map(evidence.map((row) => [row.id, rowOf(row)])),
    decide: async (decision) => standing(await decide(session, decision)),
    undo: async ({ id, reason, author: by }) => standing(await decide(session, { undo: id, reason, author: by })),
    write,
  }
}

function rowOf({ id, source, statement, party }: Evidenced): ConflictRow {
  const said = Object.entries({ ...statement?.values, ...statement?.given, ...statement?.extra })
  return {
    statement: id,
    source: source === null ? null : { ...source },
    party: party === null ? null : party.ipi === null ? party.name : `${party.name} ${party.ipi}`,
    relation: statement?.relation ?? 'delivery',
    values: Object.fromEntries(said.flatMap(([name, value]) => (value == null ? [] : [[name, text(value)]]))),
  }
}

const text = (value: unknown): string => (typeof value === 'object' ? JSON.stringify(value) : String(value))

const standing = ({ decisions }: DecideDocument): DecisionJson[] =>
  decisions
    .filter(({ undone, verdict }) => !undone && verdict !== 'undone')
    .map(({ id, at, author, verdict, identity, reason }) => ({ id, at, author, verdict, identity, reason }))
