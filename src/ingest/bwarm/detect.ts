/** Whether files are a DDEX BWARM dump, by what they hold. */
import { findLayout, tableOfHeader } from './layout.js'
import { parseManifest } from './manifest.js'

/** Headers of the plain tables (`work_id`), whose files may have the same names. */
const PLAIN_HEADER = /^[a-z]+(_[a-z]+)+(\t|$)/

function holdsTable(name: string, head: string): boolean {
  const lines = head.replace(/^\uFEFF/, '').split('\n')
  // The last line of a head may be cut.
  if (lines.length > 1) lines.pop()
  const records = lines.map((line) => line.replace(/\r$/, '')).filter((line) => line !== '')
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
  return files.some(({ name, head }) => parseManifest(head) !== null || holdsTable(name, head))
}
