/** The sentences of an answer: what can be said, on the fixed scale of words (domain.md 4.1), and what is missing. */
import { territoryInSentence } from '../../model/territories/names.js'
import type { PartyJson, RightJson, WorkJson } from './licensed-document.js'

export const RIGHT_NAMES: Readonly<Record<string, string>> = {
  mech: 'mechanical right',
  perf: 'performing right',
  sync: 'synchronisation right',
  master: 'master',
}

const MONTHS = [
  ...['January', 'February', 'March', 'April', 'May', 'June'],
  ...['July', 'August', 'September', 'October', 'November', 'December'],
]

/** `1 June 2019`; instants and other texts as they are. */
export function dayInWords(day: string): string {
  const match = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/.exec(day)
  if (match === null) return day
  return `${Number(match[3])} ${MONTHS[Number(match[2]) - 1]} ${match[1]}`
}

const percent = (value: number): string => `${value} %`

/** CWR's tolerance: sums from here on are complete (domain.md 1.2). */
const COMPLETE = 99.94

const REASONS: Readonly<Record<string, string>> = {
  'no-data': 'no statement about it had been received',
  unmatched: 'no provider says which work the recording embodies (unmatched)',
  'no-licence-data': 'no licence data for this right had been received',
}

/** One sentence for a right. */
export function rightSentence(
  right: RightJson,
  { on, known, territory }: { on: string; known: string; territory: string },
): string {
  const name = RIGHT_NAMES[right.right] ?? right.right
  const when = `On ${dayInWords(on)}, as known on ${dayInWords(known)},`
  const where = `in ${territoryInSentence(territory)}`
  const reason = right.reason === null ? undefined : REASONS[right.reason]
  if (right.unknown >= COMPLETE) {
    const because = reason === undefined ? '' : `: ${reason}`
    return `${when} it is unknown whether the ${name} was licensed ${where}${because}.`
  }
  if (right.right === 'master' && right.atLeast === right.atMost) {
    return `${when} the master was ${right.atLeast >= COMPLETE ? '' : 'not '}licensed ${where}.`
  }
  const exempt = right.exempt > 0 ? ` ${percent(right.exempt)} needed no licence (public domain).` : ''
  return `${when} ${amount(right)} of the ${name} was licensed ${where}.${exempt}`
}

function amount({ atLeast, atMost }: RightJson): string {
  if (atLeast >= COMPLETE) return atLeast === 100 ? 'all' : `all (${percent(atLeast)})`
  if (atMost <= 0) return 'none'
  if (atLeast === atMost) return percent(atLeast)
  return `at least ${percent(atLeast)} and at most ${percent(atMost)}`
}

export const STATUS_WORDS: Readonly<Record<string, string>> = {
  'fully-licensed': 'fully licensed',
  'partly-licensed': 'partly licensed',
  'not-licensed': 'not licensed',
  undetermined: 'undetermined',
}

const missingOf = ({ party, class: kind, floor, ceiling, licences }: PartyJson): string[] => {
  const share = floor === ceiling ? percent(ceiling) : `${percent(floor)} to ${percent(ceiling)}`
  if (kind === 'unlicensed') return [`${party.name}: no licence was found for its ${share}.`]
  if (kind === 'disputed') return [`${party.name}: whether the licence covers its ${share} is disputed.`]
  if (kind !== 'unknown') return []
  return licences.length > 0
    ? [
        `${party.name}: a licence exists, but that it covers its ${share} cannot be shown. Obtain the repertoire list or the exact dates.`,
      ]
    : [
        `${party.name}: it has no valid IPI or ISNI, so it cannot be compared with the licensors. Its ${share} is unknown.`,
      ]
}

/** What is missing before a work counts as licensed in full, one sentence each. */
export function missingInWork(work: WorkJson): string[] {
  const sum = work.parties.reduce((total, { ceiling }) => total + ceiling, 0)
  const largest = Math.round(sum * 1e4) / 1e4
  return [
    ...work.parties.flatMap(missingOf),
    ...(work.reason === null && largest < COMPLETE && work.unknown > 0
      ? [`Nobody who was heard claims the remaining ${percent(Math.round((100 - largest) * 1e4) / 1e4)}.`]
      : []),
    ...(work.reason === 'partial-date'
      ? ['A date is given only as a month or a year: what depends on it is unknown.']
      : []),
    ...(work.reason === 'no-data' ? ['No statement about the shares of this work had been received.'] : []),
    ...(largest > 100.06
      ? [
          `The claims add up to ${percent(largest)}: they cannot all be right. Ask the claimants for their chain of title.`,
        ]
      : []),
  ]
}

const FLAGS: Readonly<Record<string, string>> = {
  'liability-limited':
    'Liability may be limited in this time (United States, 11 October 2018 to 2020). That is no licence.',
  'rival-links':
    'Providers link the recording to different works: each reading was worked out, and only what all share counts.',
  'weights-assumed': 'Nobody states how much of the recording each work makes up: equal parts are assumed.',
  'weights-missing':
    'Some works of the recording have no stated weight: that part is unknown. Ask the feed that links them for it.',
  'weights-short':
    'The stated weights of the works add up to less than 1: the rest of the recording is unknown. Ask which work is missing.',
  'weights-scaled':
    'The stated weights of the works add up to more than 1: they were scaled to 1. Ask the feed for the right ones.',
  'licences-contradict':
    'Licences contradict each other: of those that bear on one party some cover its share, others dispute it or do not show it. What covers it was counted; read both documents.',
}

export const flagInWords = (flag: string): string => FLAGS[flag] ?? flag
