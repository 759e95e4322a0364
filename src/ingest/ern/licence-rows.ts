/** Rows of licences and takedowns: one per ReleaseDeal, Deal and ValidityPeriod (and ERN 3 ResourceUsage). */
import { createHash } from 'node:crypto'
import type { RecordSink } from '../reader.js'
import type { ErnDeal, ErnReleaseDeal } from './deals.js'
import type { MessageFacts } from './message.js'
import { recordingIds } from './recording-rows.js'
import { type PlaceParts, placeOf } from './rows.js'
import { releaseKey, type Unit, unitsByRelease } from './units.js'

/** What the deals of one ReleaseDeal cover inside one unit. */
interface Target {
  unit: Unit
  /** Keys of the releases that the deal refers to. */
  releaseKeys: string[]
  /** Ids of the recordings that those releases hold. */
  repertoire: string[]
  /** The same by ResourceReference. */
  byResource: Map<string, string[]>
  types: string[]
}

/** Ids of the recordings behind references; with none behind them, the places of the other resources in the release. */
function repertoireOf(unit: Unit, references: readonly string[]): { ids: string[]; byResource: Map<string, string[]> } {
  const { byReference } = unit
  const recordings = references.filter((reference) => byReference.get(reference)?.isRecording === true)
  const named = recordings.length > 0 ? recordings : references
  const byResource = new Map(
    named.map((reference) => {
      const resource = byReference.get(reference)
      const ids = resource?.isRecording === true ? recordingIds(unit, resource) : [`${unit.key}/${reference}`]
      return [reference, ids] as const
    }),
  )
  return { ids: [...new Set([...byResource.values()].flat())], byResource }
}

/**
 * Where a ReleaseDeal applies. It covers the resources of the releases that it refers to and nothing else: an album's deal
 * does not flow down to its tracks. A reference that meets no release is noted and leaves the repertoire empty.
 */
function targetsOf({ facts, units, holders, sink }: DealContext, deal: ErnReleaseDeal): Target[] {
  const unknown = deal.releases.filter((reference) => !holders.has(reference))
  for (const value of unknown) {
    const message = 'the deal refers to a release that the message does not hold'
    sink.note({ code: 'dangling-reference', relation: 'licences', line: deal.line, value, message })
  }
  const known = [...new Set(deal.releases.flatMap((reference) => holders.get(reference) ?? []))]
  return (known.length > 0 ? known : units.slice(0, 1)).map((unit) => {
    const releases = deal.releases.flatMap((reference) => unit.releases.get(reference) ?? [])
    const { ids, byResource } = repertoireOf(unit, [...new Set(releases.flatMap(({ resources }) => resources))])
    const keys = releases.map((release) => releaseKey(facts, release))
    const dangling = releases.length > 0 ? [] : deal.releases.map((reference) => `${unit.key}#${reference}`)
    const types = releases.map(({ type, element }) => type || element)
    return { unit, releaseKeys: [...keys, ...dangling].sort(), repertoire: ids, byResource, types }
  })
}

const HASH_DIGITS = 12

/**
 * Twelve hex digits that stay the same when the deal is delivered again: from the releases by their own keys, uses,
 * territories, resources and start. The end is left out, so that a deal whose end is set later is the same licence.
 */
function termsHash(target: Target, deal: ErnDeal, repertoire: readonly string[]): string {
  const resources = deal.resources === null ? null : [...repertoire].sort()
  const terms = [target.releaseKeys, deal.uses, deal.territories.text, resources, deal.period.from, deal.takedown]
  return createHash('sha256').update(JSON.stringify(terms)).digest('hex').slice(0, HASH_DIGITS)
}

interface DealContext {
  facts: MessageFacts
  units: readonly Unit[]
  /** Units by the ReleaseReference of the releases they hold. */
  holders: ReadonlyMap<string, readonly Unit[]>
  spoken: string
  /** Ids given so far, to number deals that differ in their end or price alone. */
  taken: Map<string, number>
  sink: RecordSink
}

function numbered(taken: Map<string, number>, id: string): string {
  const count = (taken.get(id) ?? 0) + 1
  taken.set(id, count)
  return count === 1 ? id : `${id}-${count}`
}

function dealRow({ facts, spoken, taken, sink }: DealContext, target: Target, deal: ErnDeal): void {
  const { unit } = target
  const { territories, period } = deal
  const limited = deal.resources?.flatMap((reference) => target.byResource.get(reference) ?? `${unit.key}/${reference}`)
  const repertoire = [...new Set(limited ?? target.repertoire)]
  const hash = termsHash(target, deal, repertoire)
  const raw = { ...period.raw, ...(territories.raw === undefined ? {} : { territories: territories.raw }) }
  const extra = { ...deal.extra, releases: target.releaseKeys.join('|'), release_types: target.types.join('|') }
  const parts: PlaceParts = { line: deal.line, unit: unit.unit, spoken, raw, extra }
  const shared = {
    repertoire: repertoire.join('|'),
    territories: territories.text,
    valid_from: period.from,
    valid_to: period.to,
  }
  if (deal.takedown !== null) {
    const takedownId = numbered(taken, `${unit.key}/takedown/${hash}`)
    const stopped = deal.uses.length === 0 ? extra : { ...extra, uses: deal.uses.join('|') }
    const release = target.releaseKeys.join('|')
    const values = { takedown_id: takedownId, release, ...shared, reason: deal.takedown }
    sink.row('takedowns', placeOf({ ...parts, extra: stopped }), values)
    return
  }
  sink.row('licences', placeOf(parts), {
    licence_id: numbered(taken, `${unit.key}/${hash}`),
    right: 'master',
    coverage: 'by-work',
    licensor_party_id: (facts.header.onBehalfOf ?? facts.header.sender)?.partyId,
    ...shared,
    uses: deal.uses.join('|'),
    document: facts.header.messageId,
  })
}

/**
 * The rows of all deals. A deal gives a licence (right `master`, coverage `by-work`, licensor: the party on whose behalf
 * the message was sent, else the sender); one that says TakeDown or AllDealsCancelled gives a takedown instead. A deal
 * whose release holds no resource in this message has an empty repertoire: what it covers cannot be shown.
 */
export function dealRows(facts: MessageFacts, units: readonly Unit[], spoken: string, sink: RecordSink): void {
  const context: DealContext = { facts, units, holders: unitsByRelease(units), spoken, taken: new Map(), sink }
  for (const releaseDeal of facts.releaseDeals) {
    for (const target of targetsOf(context, releaseDeal)) {
      for (const deal of releaseDeal.deals) dealRow(context, target, deal)
    }
  }
}
