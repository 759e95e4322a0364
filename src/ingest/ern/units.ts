/**
 * The units of a message. A unit is what a later message replaces as a whole: a main release with everything that the
 * message says about it. One message normally carries one main release and its tracks, and then every row belongs to it.
 * Where it carries several, each is its own unit: resources, tracks and deals belong to the main releases that hold the
 * same resources, and to the first one where none does. A resource that two main releases hold belongs to both, so that
 * replacing one leaves the other whole.
 */
import type { MessageFacts } from './message.js'
import { type ErnRelease, mainReleases } from './releases.js'
import type { ErnResource } from './resources.js'

export interface Unit {
  /** Release key: ICPN (14 digits), else GRid, ISRC or proprietary id of the main release. */
  key: string
  /** What `RowPlace.unit` says. */
  unit: string
  main: ErnRelease | null
  /** The main release and its tracks, by ReleaseReference. */
  releases: Map<string, ErnRelease>
  resources: ErnResource[]
  /** The same by ResourceReference. */
  byReference: Map<string, ErnResource>
}

/** The unit text of a release key. */
export const unitOf = (releaseKey: string): string => `release:${releaseKey}`

/**
 * The key of a release without any id: it holds within this message only, so no later message will replace it. Names the
 * sender and the message, or the file when the message has no id.
 */
function localKey(facts: MessageFacts, reference: string): string {
  const sender = facts.header.sender?.partyId ?? 'unknown'
  return ['unidentified', sender, facts.header.messageId || facts.file, reference]
    .filter((part) => part !== '')
    .join('/')
}

/** The best key of a release; one that holds within the message only when it has no id. */
export function releaseKey(facts: MessageFacts, release: ErnRelease | null): string {
  return release?.keys[0] ?? localKey(facts, release?.reference ?? '')
}

function emptyUnit(facts: MessageFacts, main: ErnRelease | null): Unit {
  const key = releaseKey(facts, main)
  const releases = new Map(main === null ? [] : [[main.reference, main] as const])
  return { key, unit: unitOf(key), main, releases, resources: [], byReference: new Map() }
}

/** Which units hold a resource reference through their main release; each unit once per reference. */
function holdersByResource(units: readonly Unit[]): Map<string, Unit[]> {
  const holders = new Map<string, Unit[]>()
  for (const unit of units) {
    for (const reference of unit.main?.resources ?? []) {
      const known = holders.get(reference)
      if (known === undefined) holders.set(reference, [unit])
      else known.push(unit)
    }
  }
  return holders
}

/** The units of a message in the order of their main releases; one without a main release when it holds none. */
export function unitsOf(facts: MessageFacts): Unit[] {
  const mains = new Set(mainReleases(facts.releases, facts.version))
  const units = [...mains].map((main) => emptyUnit(facts, main))
  const [first = emptyUnit(facts, null)] = units
  if (units.length === 0) units.push(first)
  const holders = units.length === 1 ? null : holdersByResource(units)
  const owners = (references: readonly string[]): Iterable<Unit> => {
    if (holders === null) return units
    const found = new Set(references.flatMap((reference) => holders.get(reference) ?? []))
    return found.size > 0 ? found : [first]
  }
  for (const release of facts.releases) {
    if (mains.has(release)) continue
    for (const unit of owners(release.resources)) unit.releases.set(release.reference, release)
  }
  for (const resource of facts.resources) {
    for (const unit of owners([resource.reference])) {
      unit.resources.push(resource)
      unit.byReference.set(resource.reference, resource)
    }
  }
  return units
}

/** Which units hold a release of the message, by ReleaseReference. */
export function unitsByRelease(units: readonly Unit[]): Map<string, Unit[]> {
  const holders = new Map<string, Unit[]>()
  for (const unit of units) {
    for (const reference of unit.releases.keys()) holders.set(reference, [...(holders.get(reference) ?? []), unit])
  }
  return holders
}
