/** The plain timeline: for each right its segments, oldest first, and under each the events that began it. */

import { territoryName } from '../../model/territories/names.js'
import type { Output } from '../output.js'
import type { SourceJson } from './licensed-document.js'
import { RIGHT_NAMES, STATUS_WORDS } from './licensed-words.js'
import type { EventJson, LaneJson, LongestJson, SegmentJson, TimelineDocument } from './timeline-document.js'

export function printTimeline(document: TimelineDocument, out: Output): void {
  const { recording, territory, known, rights, theories } = document
  const title = recording.title ?? 'without title'
  out.heading(`${title}${recording.artist === null ? '' : `, ${recording.artist}`}  ${recording.isrc ?? ''}`)
  out.line(`${territoryName(territory)} (${territory}), as known on ${known}; theories: ${theories.join(', ')}`)
  for (const lane of rights) printLane(lane, document, out)
}

function printLane(lane: LaneJson, document: TimelineDocument, out: Output): void {
  out.line()
  const name = RIGHT_NAMES[lane.right] ?? lane.right
  out.line(out.colors.bold(`${name[0]?.toUpperCase()}${name.slice(1)}`))
  out.table(
    [
      { header: 'from', kind: 'id' },
      { header: 'to', kind: 'id' },
      { header: bar('header'), kind: 'id' },
      { header: 'licensed', kind: 'number' },
      { header: 'exempt', kind: 'number' },
      { header: 'unlicensed', kind: 'number' },
      { header: 'unknown', kind: 'number' },
      { header: 'disputed', kind: 'number' },
      { header: 'status', kind: 'id' },
    ],
    lane.segments.map((segment) => [
      segment.from ?? 'ever',
      segment.to ?? 'on',
      bar(segment),
      ...[segment.licensed, segment.exempt, segment.unlicensed, segment.unknown, segment.disputed].map(String),
      segment.reason === null ? segment.status : `${segment.status} (${segment.reason})`,
    ]),
  )
  for (const event of lane.events) printEvent(event, document, out)
  if (lane.segments.length > 1) out.line(`Longest without a break: ${lane.longest.map(longestInWords).join('; ')}`)
}

function longestInWords({ status, from, to, days }: LongestJson): string {
  const name = STATUS_WORDS[status] ?? status
  if (days !== null) return `${name} ${days} ${days === 1 ? 'day' : 'days'} from ${from}`
  return `${name} ${from === null ? 'from ever' : `from ${from}`}${to === null ? ' on' : ` to ${to}`}`
}

function printEvent({ on, because }: EventJson, { sources }: TimelineDocument, out: Output): void {
  if (because.length === 0) out.line(`${on}  a change of territories or of affiliations`)
  because.forEach(({ text, statement }, index) => {
    const source = statement === null ? undefined : sources[statement]
    out.safe(`${index === 0 ? on : '          '}  ${text}${place(source)}`)
  })
}

const place = (source: SourceJson | undefined): string =>
  source === undefined ? '' : `  [${source.file}:${source.line}]`

const CELLS = 10

/** Ten cells that read without colour: `#` licensed, `+` exempt, `?` unknown, `~` disputed, `.` unlicensed. */
function bar(segment: SegmentJson | 'header'): string {
  if (segment === 'header') return '#+?~.'.padEnd(CELLS)
  const parts: [string, number][] = [
    ['#', segment.licensed],
    ['+', segment.exempt],
    ['?', segment.unknown],
    ['~', segment.disputed],
    ['.', segment.unlicensed],
  ]
  let sum = 0
  let drawn = ''
  for (const [glyph, value] of parts) {
    sum += value
    drawn = drawn.padEnd(Math.min(CELLS, Math.round(sum / CELLS)), glyph)
  }
  return drawn.padEnd(CELLS)
}
