/** The list of countries to choose from. */

import { territoryName } from '../../../model/territories/names.js'
import { COUNTRIES } from '../../../model/territories/table.js'

export interface TerritoryEntry {
  readonly code: string
  readonly name: string
  /** Whether statements about the recording name it. */
  readonly isNamed: boolean
}

/** Countries whose code or name holds the text: those that statements name first, each group by name. */
export function territoriesMatching(filter: string, named: readonly string[]): TerritoryEntry[] {
  const text = filter.trim().toLowerCase()
  return COUNTRIES.map(
    ([, code]): TerritoryEntry => ({ code, name: territoryName(code), isNamed: named.includes(code) }),
  )
    .map((entry) => ({ entry, rank: rankOf(entry, text) }))
    .filter(({ rank }) => rank !== null)
    .sort((a, b) => compare(a, b))
    .map(({ entry }) => entry)
}

interface Ranked {
  readonly entry: TerritoryEntry
  readonly rank: number | null
}

/** 0: the code itself; 1: the name begins with it; 2: it is somewhere; null: nowhere. */
function rankOf({ code, name }: TerritoryEntry, text: string): number | null {
  const lower = name.toLowerCase()
  if (text !== '' && code.toLowerCase() === text) return 0
  if (lower.startsWith(text)) return 1
  return lower.includes(text) || code.toLowerCase().startsWith(text) ? 2 : null
}

function compare(a: Ranked, b: Ranked): number {
  if (a.rank === 0 || b.rank === 0) return (a.rank ?? 0) - (b.rank ?? 0)
  if (a.entry.isNamed !== b.entry.isNamed) return a.entry.isNamed ? -1 : 1
  if (a.rank !== b.rank) return (a.rank ?? 0) - (b.rank ?? 0)
  return a.entry.name < b.entry.name ? -1 : a.entry.name > b.entry.name ? 1 : 0
}
