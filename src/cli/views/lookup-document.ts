/** The JSON of `recital lookup`: one list per relation, each row with its values, its interval of knowledge and source. */
import type { LookupResult, Statement } from '../../lookup/index.js'
import { parseShare, shareToJson } from '../../model/shares/share.js'
import type { Source } from '../../store/evidence/statements.js'

export type Value = string | number | boolean | null

/** A statement as shown. `given` and `extra` only where there is something to say. */
export interface LookupRow {
  statement: string
  values: Record<string, Value>
  given?: Record<string, string>
  extra?: Record<string, unknown>
  known: { from: string; to: string | null; effective: boolean }
  source: Source
}

export interface LookupDocument {
  kind: 'recital.lookup'
  version: 1
  id: string
  readings: { as: string; normalised: string; display: string }[]
  known: string
  history: boolean
  cut: string[]
  relations: Record<string, LookupRow[]>
}

/** Columns that only say more where they hold something. */
const isAside = (name: string): boolean => name.endsWith('_last') || name.endsWith('_given')

/** Decimal columns come as text with their full scale; shares are shown with at most four decimals (contract 3). */
const DECIMALS: ReadonlySet<string> = new Set(['share', 'weight', 'mech', 'perf'])

function shown(name: string, value: Value): Value {
  if (!DECIMALS.has(name) || typeof value !== 'string') return value
  const parsed = parseShare(value)
  return parsed === null ? value : shareToJson(parsed.micro)
}

function rowOf({ statement, values, given, extra, known, source }: Statement): LookupRow {
  const kept = Object.entries(values).filter(([name, value]) => !isAside(name) || value !== null)
  return {
    statement,
    values: Object.fromEntries(kept.map(([name, value]) => [name, shown(name, value)])),
    ...(Object.keys(given).length === 0 ? {} : { given: { ...given } }),
    ...(Object.keys(extra).length === 0 ? {} : { extra: { ...extra } }),
    known: { ...known },
    source: { ...source },
  }
}

export function lookupDocument(result: LookupResult): LookupDocument {
  return {
    kind: 'recital.lookup',
    version: 1,
    id: result.id,
    readings: result.readings.map(({ as, normalised, display }) => ({ as, normalised, display })),
    known: result.known,
    history: result.history,
    cut: [...result.cut],
    relations: Object.fromEntries(
      Object.entries(result.relations).map(([name, statements]) => [name, statements.map(rowOf)]),
    ),
  }
}
