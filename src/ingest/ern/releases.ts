/** Releases of a message in compact form, and which of them are main releases. */
import { parseCalendarDate } from '../../model/dates/calendar.js'
import { chooseVariant, Extra, type Variant } from './display.js'
import { childrenOf, descendantsOf, textAt, type XmlElement } from './element.js'
import { idTexts, releaseKeys } from './ids.js'
import { type ErnParty, namedParty, partyIn } from './parties.js'
import { dayOf } from './values.js'
import { blockVariants, elementVariants, titleVariants } from './variants.js'

export interface ErnRelease {
  line: number
  /** Element name: Release, TrackRelease, ClipRelease, … */
  element: string
  reference: string
  type: string
  /** `IsMainRelease="true"`. */
  saidMain: boolean
  /** Keys by which the release can be known, best first. */
  keys: string[]
  /** ICPN as given. */
  icpn: string
  title: string
  label: string
  date: string
  /** References of all resources that it holds, in document order. */
  resources: string[]
  parties: ErnParty[]
  extra: Readonly<Record<string, string>>
}

/** The date of this release before the date of the first one ever. */
const DATES = ['ReleaseDate', 'GlobalReleaseDate', 'OriginalReleaseDate', 'GlobalOriginalReleaseDate'] as const
const DATE_CELLS = [
  'release_date',
  'global_release_date',
  'original_release_date',
  'global_original_release_date',
] as const

function readDate(release: XmlElement, extra: Extra): string {
  let date = ''
  for (const [index, name] of DATES.entries()) {
    const cell = DATE_CELLS[index] ?? name
    const variants = [...elementVariants(release, name), ...blockVariants(release, name)]
    const choice = chooseVariant(variants.map((variant) => ({ ...variant, value: dayOf(variant.value) })))
    const value = choice.chosen?.value ?? ''
    if (date === '' && parseCalendarDate(value) !== null) date = value
    else if (value !== date) extra.add(cell, value)
    extra.addOthers(cell, choice)
  }
  return date
}

/** ERN 3: LabelName per territory; ERN 4: references to the PartyList. */
function readLabels(release: XmlElement, parties: ReadonlyMap<string, XmlElement>) {
  const references = elementVariants(release, 'ReleaseLabelReference')
  const referenced = references.flatMap((variant): { variant: Variant; party: ErnParty }[] => {
    const element = parties.get(variant.value)
    const party = element === undefined ? null : partyIn(element, 'ReleaseLabel')
    return party === null ? [] : [{ variant: { ...variant, value: party.name }, party }]
  })
  const named = blockVariants(release, 'LabelName', 'LabelNameType').map((variant) => ({
    variant,
    party: namedParty(variant.value, variant.line ?? release.line, 'LabelName'),
  }))
  const labels = [...referenced, ...named]
  return { choice: chooseVariant(labels.map(({ variant }) => variant)), parties: labels.map(({ party }) => party) }
}

/**
 * The facts of one child of ReleaseList.
 * @param sender DPID that scopes proprietary ids without a namespace
 */
export function readRelease(release: XmlElement, parties: ReadonlyMap<string, XmlElement>, sender: string): ErnRelease {
  const extra = new Extra()
  const ids = childrenOf(release, 'ReleaseId')
  const title = chooseVariant(titleVariants(release).map(({ title, ...rest }) => ({ ...rest, value: title })))
  const labels = readLabels(release, parties)
  extra.addOthers('release_title', title)
  extra.addOthers('label', labels.choice)
  const date = readDate(release, extra)
  const icpns = idTexts(ids, 'ICPN').current
  const references = ['ReleaseResourceReference', 'LinkedReleaseResourceReference'].flatMap((name) =>
    descendantsOf(release, name).map(({ text }) => text),
  )
  return {
    line: release.line,
    element: release.name,
    reference: textAt(release, 'ReleaseReference'),
    type: textAt(release, 'ReleaseType'),
    saidMain: release.attributes.IsMainRelease === 'true',
    keys: releaseKeys(ids, sender),
    icpn: icpns.join('|'),
    title: title.chosen?.value ?? '',
    label: labels.choice.chosen?.value ?? '',
    date,
    resources: [...new Set(references)],
    parties: labels.parties,
    extra: extra.cells,
  }
}

const isTrack = ({ element, type }: ErnRelease): boolean => element !== 'Release' || type.endsWith('TrackRelease')

/**
 * The main releases of a message. ERN 4: every `Release` (tracks are TrackRelease elements). ERN 3 mixes both: those
 * marked IsMainRelease; else the one with the reference R0; else all that are not of a TrackRelease type; else all.
 */
export function mainReleases(releases: readonly ErnRelease[], version: string): ErnRelease[] {
  const whole = releases.filter(({ element }) => element === 'Release')
  if (!version.startsWith('3')) return whole.length > 0 ? whole : [...releases]
  const rules = [
    ({ saidMain }: ErnRelease) => saidMain,
    ({ reference }: ErnRelease) => reference === 'R0',
    (release: ErnRelease) => !isTrack(release),
  ]
  for (const rule of rules) {
    const found = whole.filter(rule)
    if (found.length > 0) return found
  }
  return [...releases]
}
