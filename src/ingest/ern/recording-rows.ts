/** Rows of recordings, the works they embody, their links and the parties named on them. */
import { parseIdentifier } from '../../model/identifiers/parse.js'
import type { RecordSink } from '../reader.js'
import { Extra } from './display.js'
import { elementText } from './element.js'
import type { ErnParty } from './parties.js'
import { REJECT_TEXT_LIMIT } from './refusal.js'
import type { ErnEdition, ErnResource } from './resources.js'
import { placeOf } from './rows.js'
import type { Unit } from './units.js'
import { durationMs } from './values.js'

/**
 * The id of a recording: its first valid ISRC, else its first proprietary id (`<namespace>:<id>`), else its place in the
 * release, which holds for this message's release only.
 */
function recordingId(unit: Unit, resource: ErnResource, edition: ErnEdition, index: number): string {
  const isrc = edition.isrcs.map((text) => parseIdentifier('isrc', text)).find(({ valid }) => valid)
  if (isrc !== undefined) return isrc.normalised
  const [proprietary] = edition.proprietary
  if (proprietary !== undefined) return proprietary
  const place = `${unit.key}/${resource.reference || `line ${resource.line}`}`
  return resource.editions.length > 1 ? `${place}/${index + 1}` : place
}

/** The ids of a resource's editions, each once, in document order. */
export function recordingIds(unit: Unit, resource: ErnResource): string[] {
  return [...new Set(resource.editions.map((edition, index) => recordingId(unit, resource, edition, index)))]
}

function duration(resource: ErnResource, sink: RecordSink): { value: string; raw: Record<string, string> } {
  const { duration: given, line } = resource
  if (given === '') return { value: '', raw: {} }
  const value = durationMs(given)
  if (value === null) {
    const message = 'the duration is no xs:duration of fixed length; it is kept as raw text only'
    sink.note({
      code: 'unreadable-duration',
      relation: 'recordings',
      column: 'duration_ms',
      line,
      value: given,
      message,
    })
  }
  return { value: value ?? '', raw: { duration_ms: given } }
}

function extraCells(unit: Unit, resource: ErnResource, edition: ErnEdition): Record<string, string> {
  const extra = new Extra()
  for (const cells of [resource.extra, edition.extra]) {
    for (const [name, value] of Object.entries(cells)) extra.add(name, value)
  }
  const release = unit.main
  if (release === null) return extra.cells
  extra.add('release_type', release.type)
  if (resource.label !== '' && release.label !== resource.label) extra.add('release_label', release.label)
  for (const [name, value] of Object.entries(release.extra)) extra.add(`release ${name}`, value)
  return extra.cells
}

/** Party rows, each party once per unit and name. */
export function partyRows(unit: Unit, spoken: string, parties: readonly ErnParty[], sink: RecordSink): void {
  const seen = new Set<string>()
  for (const { partyId, name, ipiNameNumber, isni, kind, line, role } of parties) {
    const once = JSON.stringify([partyId, name])
    if (name === '' || seen.has(once)) continue
    seen.add(once)
    const place = placeOf({ line, unit: unit.unit, spoken, extra: { role } })
    sink.row('parties', place, { party_id: partyId, name, ipi_name_number: ipiNameNumber, isni, kind })
  }
}

/**
 * A valid ISWC is the work's id. One that fails its check is often a filler that all tracks of an album share: it must not
 * make one work of them, so it counts under its recording only.
 */
function workIdOf(iswc: string, ids: readonly string[]): string {
  const { valid, normalised } = parseIdentifier('iswc', iswc)
  return valid ? normalised : [ids[0] ?? '', iswc].join('/')
}

function workRows(unit: Unit, spoken: string, resource: ErnResource, sink: RecordSink): void {
  const { line, title } = resource
  const place = placeOf({ line, unit: unit.unit, spoken, extra: { title_of: 'recording' } })
  const link = placeOf({ line, unit: unit.unit, spoken })
  for (const iswc of resource.iswcs) {
    const ids = recordingIds(unit, resource)
    const workId = workIdOf(iswc, ids)
    sink.row('works', place, { work_id: workId, title, iswc })
    for (const id of ids) sink.row('links', link, { recording_id: id, work_id: workId })
  }
}

/** A recording without any title cannot be a row (its title is required): the record is rejected with its text. */
function rejectUntitled(resource: ErnResource, sink: RecordSink): void {
  const raw = resource.source === null ? '' : elementText(resource.source).slice(0, REJECT_TEXT_LIMIT)
  sink.reject({ line: resource.line, reason: `the ${resource.element} has no title`, column: 'title', raw })
}

/**
 * The rows of one resource in one unit: a recording per edition; with an ISWC also the work (under the recording's title)
 * and the link. Nothing for images, texts and the like.
 */
function resourceRows(unit: Unit, spoken: string, resource: ErnResource, sink: RecordSink): void {
  const { value, raw } = duration(resource, sink)
  const release = unit.main
  for (const [index, edition] of resource.editions.entries()) {
    const extra = extraCells(unit, resource, edition)
    sink.row('recordings', placeOf({ line: resource.line, unit: unit.unit, spoken, raw, extra }), {
      recording_id: recordingId(unit, resource, edition, index),
      title: resource.title,
      isrc: edition.isrcs.join('|'),
      version: resource.version,
      artist: resource.artist,
      duration_ms: value,
      label: resource.label || release?.label,
      release_title: release?.title,
      upc: release?.icpn,
      release_date: release?.date,
    })
  }
  workRows(unit, spoken, resource, sink)
}

/** The rows of all recordings of a unit; untitled ones go to `untitled`, to be rejected once for the whole message. */
export function recordingRows(unit: Unit, spoken: string, sink: RecordSink, untitled: Set<ErnResource>): void {
  for (const resource of unit.resources) {
    if (!resource.isRecording) continue
    if (resource.title === '') untitled.add(resource)
    else resourceRows(unit, spoken, resource, sink)
  }
}

/** Rejects each untitled recording of the message; how many. */
export function rejectAllUntitled(untitled: ReadonlySet<ErnResource>, sink: RecordSink): number {
  for (const resource of untitled) rejectUntitled(resource, sink)
  return untitled.size
}
