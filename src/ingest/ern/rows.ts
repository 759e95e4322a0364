/** What a message will send to its sink, collected first: a message acts as a whole or not at all. */
import type { RelationName } from '../../model/relations.js'
import type { Finding, GivenValues, RecordSink, Reject, RowPlace } from '../reader.js'

/** A call of a `RecordSink`, as data that can be sent between threads. */
export type SinkCall =
  | readonly ['row', RelationName, RowPlace, GivenValues]
  | readonly ['reject', Reject]
  | readonly ['note', Finding]

/** A sink that keeps what it is given, in order. */
export class CollectingSink implements RecordSink {
  readonly calls: SinkCall[] = []

  row(relation: RelationName, place: RowPlace, values: GivenValues): void {
    this.calls.push(['row', relation, place, values])
  }

  reject(reject: Reject): void {
    this.calls.push(['reject', reject])
  }

  note(finding: Finding): void {
    this.calls.push(['note', finding])
  }
}

/** Gives collected calls to another sink, in order. */
export function replay(calls: readonly SinkCall[], sink: RecordSink): void {
  for (const call of calls) {
    if (call[0] === 'row') sink.row(call[1], call[2], call[3])
    else if (call[0] === 'reject') sink.reject(call[1])
    else sink.note(call[1])
  }
}

const filled = (cells: Readonly<Record<string, string>> | undefined): boolean =>
  cells !== undefined && Object.keys(cells).length > 0

export interface PlaceParts {
  line: number
  unit: string
  /** RFC 3339 instant at which the sender made the message; `''` = not stated. */
  spoken: string
  raw?: Readonly<Record<string, string>>
  extra?: Readonly<Record<string, string>>
}

/** A place without the parts that are empty. */
export function placeOf({ line, unit, spoken, raw, extra }: PlaceParts): RowPlace {
  return {
    line,
    unit,
    ...(spoken === '' ? {} : { spoken }),
    ...(raw !== undefined && filled(raw) ? { raw } : {}),
    ...(extra !== undefined && filled(extra) ? { extra } : {}),
  }
}
