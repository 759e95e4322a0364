/** Whether a BWARM delivery is whole: manifest, line counts, MD5 sums, line ends, missing files. */
import { literal } from '../../store/columns.js'
import { endsWithLineEnd } from '../files/facts.js'
import { type DeliveredFile, note } from '../set-based.js'
import type { StagedFile, Staging } from '../staging.js'
import { REJECT_TEXT_LIMIT } from '../typing.js'
import type { LoadedFile } from './delivery.js'
import { stemOf } from './layout.js'
import { type CountedFile, countMismatches, type Manifest, type ManifestFile, md5OfFile } from './manifest.js'
import { BWARM_TABLES } from './tables.js'

/** The manifest of a delivery and the file that holds it. */
export interface ManifestFound {
  readonly manifest: Manifest
  readonly file: StagedFile
  readonly lines: readonly string[]
}

/**
 * Compares the delivery with its manifest; tallies the manifest, notes what disagrees and marks the files concerned as
 * partial (all of them where the delivery as a whole is in doubt). Returns whether anything is partial.
 */
export async function checkDelivery(
  staging: Staging,
  files: readonly DeliveredFile[],
  loaded: readonly LoadedFile[],
  found: ManifestFound | null,
  version: '1.0' | '2.0' | '2.1',
): Promise<boolean> {
  const inDoubt = (code: string, message: string, value?: string): void => {
    for (const { file } of files) file.partial = true
    note(staging, found?.file ?? files[0]?.file, { code, message, ...(value === undefined ? {} : { value }) })
  }
  const verified = new Set<StagedFile>()
  if (found === null) inDoubt('no-manifest', 'The delivery has no manifest: it may be unfinished')
  else {
    await tallyManifest(staging, found)
    if (!found.manifest.hasFooter) inDoubt('no-footer', 'The manifest does not end with EOF: it may be cut')
    for (const listed of found.manifest.files) {
      const delivered = files.find(({ file }) => stemOf(file.source.name) === stemOf(listed.fileName))
      if (delivered === undefined)
        inDoubt('missing-file', `The manifest lists ${listed.fileName}, which is not there`, listed.fileName)
      else if (await checkMd5(staging, delivered.file, listed)) verified.add(delivered.file)
    }
    noteUnlisted(staging, files, found)
    checkCounts(staging, loaded, found.manifest)
  }
  for (const table of missingTables(loaded, version)) {
    inDoubt('missing-table', `The delivery has no table ${table}; BWARM ${version} always has one, be it empty`, table)
  }
  checkLineEnds(staging, files, verified)
  return files.some(({ file }) => file.partial)
}

async function tallyManifest(staging: Staging, { manifest, file, lines }: ManifestFound): Promise<void> {
  file.tally = { ...manifest.tally, continued: 0 }
  for (const line of manifest.unread) {
    const text = lines[line - 1] ?? ''
    await staging.rejectFrom(
      `SELECT ${file.index}, ${line}, 'the line is no record of a manifest', NULL, NULL, ${literal(text.slice(0, REJECT_TEXT_LIMIT))}`,
    )
  }
}

/** True when the manifest states an MD5 sum and the file has it. */
async function checkMd5(staging: Staging, file: StagedFile, listed: ManifestFile): Promise<boolean> {
  if (listed.md5 === null) return false
  const md5 = await md5OfFile(file.source.path)
  if (md5 === listed.md5) return true
  file.partial = true
  const message = `The MD5 sum of ${file.source.name} is ${md5}; the manifest states ${listed.md5}`
  note(staging, file, { code: 'md5-mismatch', value: md5, message })
  return false
}

function noteUnlisted(staging: Staging, files: readonly DeliveredFile[], { manifest, file: own }: ManifestFound): void {
  const listed = new Set(manifest.files.map(({ fileName }) => stemOf(fileName)))
  for (const { file } of files) {
    if (file === own || listed.has(stemOf(file.source.name))) continue
    const message = `The manifest does not list ${file.source.name}`
    note(staging, file, { code: 'unlisted-file', value: file.source.name, message })
  }
}

function checkCounts(staging: Staging, loaded: readonly LoadedFile[], manifest: Manifest): void {
  const stated = new Map(manifest.files.map(({ fileName, lines }) => [stemOf(fileName), lines]))
  const byName = new Map(loaded.map(({ file }) => [file.source.name, file]))
  const counted = loaded.flatMap(({ file }): CountedFile[] => {
    const lines = stated.get(stemOf(file.source.name))
    const { header, blank } = file.tally
    return lines == null ? [] : [{ name: file.source.name, stated: lines, lines: file.lines, header, blank }]
  })
  for (const { name, stated: expected, lines } of countMismatches(counted)) {
    const file = byName.get(name)
    if (file !== undefined) file.partial = true
    const message = `${name} has ${lines} lines; the manifest states ${expected}`
    note(staging, file, { code: 'count-mismatch', value: String(lines), message })
  }
}

/** Names of the tables that the version always has and the delivery has not. */
const missingTables = (loaded: readonly LoadedFile[], version: '1.0' | '2.0' | '2.1'): string[] =>
  BWARM_TABLES.filter(
    ({ name, since }) => since <= version && !loaded.some(({ layout }) => layout.table.name === name),
  ).map(({ types }) => (version === '1.0' ? types.at(-1) : types[0]) ?? '')

/**
 * A last line without its end may be cut, though no cell is missing. It is not held against a file whose MD5 sum is right, nor
 * against a sender none of whose files ends with one.
 */
function checkLineEnds(staging: Staging, files: readonly DeliveredFile[], verified: ReadonlySet<StagedFile>): void {
  const filled = files.filter(({ facts }) => facts.bytes > 0)
  const habit = filled.length > 1 && filled.every(({ facts }) => !endsWithLineEnd(facts))
  for (const { file, facts } of filled) {
    const whole = endsWithLineEnd(facts) || verified.has(file) || (habit && file.tally.rejected === 0)
    if (whole) continue
    file.partial = true
    const message = `${file.source.name} does not end with a line end: its last line may be cut`
    note(staging, file, { code: 'cut-last-line', line: file.lines, message })
  }
}
