/** How a timeline is put into words, the same in print, on the screen and in reports. */
import { territoryName } from '../../model/territories/names.js'
import { RIGHT_NAMES, STATUS_WORDS } from './licensed-words.js'
import type { SegmentJson, TimelineDocument, WorkLaneJson } from './timeline-document.js'

/** `Mechanical right`. */
export function rightTitle(right: string): string {
  const name = RIGHT_NAMES[right] ?? right
  return `${name[0]?.toUpperCase()}${name.slice(1)}`
}

/** `France (FR)`. */
export const territoryTitle = (code: string): string => `${territoryName(code)} (${code})`

/** `Title, Artist`. */
export const recordingTitle = ({ recording }: TimelineDocument): string =>
  `${recording.title ?? 'without title'}${recording.artist === null ? '' : `, ${recording.artist}`}`

/** `T9000000055 First Half`. */
export const workTitle = ({ work }: WorkLaneJson): string =>
  [work.iswc ?? work.id, work.title].filter((part) => part !== null).join(' ')

/** `partly licensed`; `undetermined: no-data` where there is a reason. */
export const statusInWords = ({ status, reason }: Pick<SegmentJson, 'status' | 'reason'>): string =>
  `${STATUS_WORDS[status] ?? status}${reason === null ? '' : `: ${reason}`}`

/** What is said of an event that no statement explains. */
export const UNEXPLAINED = 'a change of territories or of affiliations'
