/**
 * Reader of MusicBrainz dumps (`mbdump`): tables in PostgreSQL COPY text, schema 31 and 30. Set-based: SQL over the lines of
 * the files, no row passes through JavaScript.
 */
import { readFile } from 'node:fs/promises'
import { parseInstant } from '../../model/dates/instants.js'
import type { RelationName } from '../../model/relations.js'
import { splitLines } from '../files/physical-lines.js'
import { type DeliveredFile, note } from '../set-based.js'
import type { Staging } from '../staging.js'
import { Dump } from './dump.js'
import { giveLinks, giveParties, giveRecordings, giveWorks } from './rows.js'
import { CONTROL_FILES, columnsOf, type MusicBrainzTableName, tableNamed } from './tables.js'

export interface MusicBrainzResult {
  /** Content of SCHEMA_SEQUENCE; null when the dump has none. */
  readonly schema: number | null
  /** RFC 3339 instant (UTC) of the file TIMESTAMP; null when the dump has none. */
  readonly created: string | null
  /** Some file does not end with a line end. */
  readonly partial: boolean
  readonly relations: readonly RelationName[]
}

/** Tables that tell a MusicBrainz dump by themselves: their cells have shapes that no other table has. */
const TELLING: ReadonlySet<MusicBrainzTableName> = new Set([
  ...(['recording', 'work', 'artist', 'release', 'track', 'label', 'isrc', 'iswc'] as const),
  ...(['l_recording_work', 'l_artist_work', 'medium', 'link'] as const),
])

/** Whether the files look like a MusicBrainz dump: one has the name of a table and rows of its shape. */
export function looksLikeMusicBrainz(files: readonly { name: string; head: string }[]): boolean {
  return files.some(({ name, head }) => {
    const table = tableNamed(name)
    if (table === null || !TELLING.has(table)) return false
    const lines = splitLines(head)
    if (lines.length > 1) lines.pop()
    const rows = lines.filter((line) => line !== '' && line !== '\\.')
    return rows.length > 0 && columnsOf(table, rows) !== null
  })
}

const baseOf = (name: string): string => name.slice(name.lastIndexOf('/') + 1)

/** PostgreSQL writes a zone without minutes (`2026-01-03 00:12:01.5+00`). */
const instantOf = (text: string): string | null => parseInstant(text.trim().replace(/([+-][0-9]{2})$/, '$1:00'))

/**
 * Reads a MusicBrainz dump into given rows of `recordings`, `works`, `links` and `parties`, and tallies the lines of
 * every file. Tables that only add to others count as staged; so do tables that are not read, which are noted. Relations are
 * given where their own table is there (`recording`, `work`, `l_recording_work`, `artist`).
 *
 * Throws InputError `unknown-layout` (a known table with other columns), and as `stageLines` does.
 */
export async function readMusicBrainz(
  staging: Staging,
  files: readonly DeliveredFile[],
  signal?: AbortSignal | undefined,
): Promise<MusicBrainzResult> {
  const texts = await tallyOthers(staging, files)
  const dump = await Dump.load(staging, files, signal)
  const relations: RelationName[] = []
  if (dump.has('l_recording_work')) relations.push('links')
  if (dump.has('artist')) relations.push('parties')
  if (dump.has('recording')) relations.push('recordings')
  if (dump.has('work')) relations.push('works')
  if (dump.has('recording')) giveRecordings(dump)
  if (dump.has('work')) giveWorks(dump)
  if (dump.has('l_recording_work')) await giveLinks(dump)
  if (dump.has('artist')) giveParties(dump)
  const schema = /^\s*([0-9]+)\s*$/.exec(texts.get('SCHEMA_SEQUENCE') ?? '')?.[1]
  return {
    schema: schema === undefined ? null : Number(schema),
    created: instantOf(texts.get('TIMESTAMP') ?? ''),
    partial: files.some(({ file }) => file.partial),
    relations,
  }
}

/** Tallies the files that are no tables we read; returns the texts of the control files. */
async function tallyOthers(staging: Staging, files: readonly DeliveredFile[]): Promise<Map<string, string>> {
  const texts = new Map<string, string>()
  for (const { file } of files) {
    if (tableNamed(file.source.name) !== null) continue
    const base = baseOf(file.source.name)
    const isControl = CONTROL_FILES.has(base)
    const none = { header: 0, staged: 0, rejected: 0, continued: 0, blank: 0 }
    file.tally = isControl ? { ...none, header: file.lines } : { ...none, staged: file.lines }
    if (isControl) texts.set(base, await readFile(file.source.path, 'utf8'))
    else {
      const message = `${file.source.name} is no table that is read; it is kept in the archive only`
      note(staging, file, { code: 'unused-table', value: file.source.name, message })
    }
  }
  return texts
}
