/** The rows of a message that has ended well. */
import type { RelationName } from '../../model/relations.js'
import type { RecordSink } from '../reader.js'
import { elementText } from './element.js'
import { dealRows } from './licence-rows.js'
import type { MessageFacts, PurgedRelease } from './message.js'
import type { ErnParty } from './parties.js'
import { partyRows, recordingRows, rejectAllUntitled } from './recording-rows.js'
import { REJECT_TEXT_LIMIT } from './refusal.js'
import type { ErnResource } from './resources.js'
import { placeOf } from './rows.js'
import { type Unit, unitOf, unitsOf } from './units.js'
import { createdInstant } from './values.js'

interface Emitted {
  /** RFC 3339 instant in UTC; `''` when not stated or unreadable. */
  spoken: string
  /** Release keys, in document order. */
  releases: string[]
  /** Records of which nothing could be kept. */
  rejected: number
}

/** MessageCreatedDateTime, by which messages about one release are ordered. */
function spokenAt({ header }: MessageFacts, sink: RecordSink): string {
  const given = header.created
  const created = createdInstant(given)
  const note = (code: string, message: string) => sink.note({ code, line: 1, value: given, message })
  if (created === null) note('no-message-date', 'MessageCreatedDateTime is missing or unreadable')
  else if (created.zoneAssumed) note('no-time-zone', 'MessageCreatedDateTime has no time zone; it is read as UTC')
  return created?.instant ?? ''
}

const present = (parties: readonly (ErnParty | null)[]): ErnParty[] => parties.filter((party) => party !== null)

function unitParties({ header }: MessageFacts, unit: Unit): ErnParty[] {
  return [
    ...present([header.sender, header.onBehalfOf]),
    ...[...unit.releases.values()].flatMap(({ parties }) => parties),
    ...unit.resources.filter(({ isRecording }) => isRecording).flatMap(({ parties }) => parties),
  ]
}

function emitNew(facts: MessageFacts, spoken: string, sink: RecordSink): Emitted {
  const units = unitsOf(facts)
  const untitled = new Set<ErnResource>()
  for (const unit of units) {
    if (unit.main === null || unit.main.keys.length === 0) {
      const message = 'the release has no identifier; no later message can replace it'
      sink.note({ code: 'no-release-id', line: unit.main?.line ?? 1, value: unit.key, message })
    }
    partyRows(unit, spoken, unitParties(facts, unit), sink)
    recordingRows(unit, spoken, sink, untitled)
  }
  dealRows(facts, units, spoken, sink)
  const rejected = rejectAllUntitled(untitled, sink)
  return { spoken, releases: [...new Set(units.map(({ key }) => key))], rejected }
}

/** The relations of which a unit can hold rows, but for takedowns, of which a purge gives one. */
const UNIT_RELATIONS: readonly RelationName[] = ['parties', 'recordings', 'works', 'links', 'licences']

/**
 * A purge says that the release should never have been sent. It is no takedown (an order to stop from a day on): it
 * withdraws everything that was said of the release. So each relation of the unit gets a `delete`, and the takedowns row
 * with the reason `PurgeReleaseMessage` takes the place of the unit's former ones. A release named by several ids is
 * withdrawn under each of them.
 */
function emitPurge(purged: PurgedRelease, facts: MessageFacts, spoken: string, sink: RecordSink): void {
  const { line, keys, title } = purged
  for (const key of keys) {
    const unit = unitOf(key)
    for (const relation of UNIT_RELATIONS) {
      sink.row(relation, { ...placeOf({ line, unit, spoken }), op: 'delete' }, {})
    }
    const extra = { message_id: facts.header.messageId, ...(title === '' ? {} : { release_title: title }) }
    const values = { takedown_id: `${key}/purge`, release: key, reason: 'PurgeReleaseMessage' }
    sink.row('takedowns', placeOf({ line, unit, spoken, extra }), values)
  }
}

function emitPurges(facts: MessageFacts, spoken: string, sink: RecordSink): Emitted {
  const nameless = facts.purged.filter(({ keys }) => keys.length === 0)
  for (const { line, source } of nameless) {
    const raw = elementText(source).slice(0, REJECT_TEXT_LIMIT)
    sink.reject({ line, reason: 'the purged release has no identifier', raw })
  }
  for (const purged of facts.purged) emitPurge(purged, facts, spoken, sink)
  const releases = [...new Set(facts.purged.flatMap(({ keys }) => keys))]
  return { spoken, releases, rejected: nameless.length }
}

/** Sends the rows of a whole message to the sink; which releases they are about and how many records were rejected. */
export function emitMessage(facts: MessageFacts, sink: RecordSink): Emitted {
  const spoken = spokenAt(facts, sink)
  return facts.kind === 'purge' ? emitPurges(facts, spoken, sink) : emitNew(facts, spoken, sink)
}
