/** The investigation without a screen: the hits, and of the first one what the screen would show first. */
import type { Output } from '../output.js'
import { printSearch } from './search.js'
import type { SearchDocument } from './search-document.js'

export interface ExploreDocument {
  kind: 'recital.explore'
  version: 1
  known: string
  /** Commands that print what was looked at. */
  commands: readonly string[]
  /** Null after a session on the screen. */
  hits: SearchDocument | null
  first: { id: string; view: string; lines: readonly string[] } | null
  basis: { generation: string }
}

export function printExplore({ hits, first, commands }: ExploreDocument, out: Output): void {
  if (hits === null) {
    out.line(commands.length === 0 ? 'Nothing was looked at.' : 'What was looked at, in print:')
    for (const command of commands) out.safe(`  ${command}`)
    return
  }
  printSearch(hits, out)
  if (first === null) return
  out.line()
  for (const line of first.lines) out.line(line)
  out.line()
  out.safe(`Printed by: ${commands.at(-1)}`)
}
