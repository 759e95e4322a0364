/** Whether files are a DDEX BWARM dump, by what they hold. */
import { splitLines } from '../files/physical-lines.js'
import { findLayout, tableOfHeader } from './layout.js'
import { parseManifest } from './manifest.js'

/** Headers of the plain tables (`work_id`), whose files may have the same names. */
const PLAIN_HEADER = /^[a-z]+(_[a-z]+)+(\t|$)/

function holdsTable(name: string, lines: readonly string[]): boolean {
  // The last line of a head may be cut.
  const records = (lines.length > 1 ? lines.slice(0, -1) : lines).filter((line) => line !== '')
  const [first] = records
  if (first === undefined || !first.includes('\t') || PLAIN_HEADER.test(first)) return false
  if (tableOfHeader(first) !== null) return true
  const found = findLayout(records, { name, tableType: null, version: '2.x' })
  return found.kind === 'layout' && found.layout.cells.length >= 3 && !first.startsWith('#')
}

/**
 * Whether the files look like a BWARM delivery: one is a manifest, or holds a table by its header row, or has the
 * name of a table and lines with just the number of cells which that table has.
 */
export function looksLikeBwarm(files: readonly { name: string; head: string }[]): boolean {
  return files.some(({ name, head }) => {
    const lines = splitLines(head.replace(/^\uFEFF/, ''))
    return parseManifest(lines) !== null || holdsTable(name, lines)
  })
}
