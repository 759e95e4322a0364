/** A timeline as one HTML page that needs nothing else: no network, no font, no picture. */
import { createHash } from 'node:crypto'
import { Markup, markup, NOTHING } from '../markup.js'
import { shownRange } from './axis.js'
import { CHART_WIDTH, drawChart } from './chart.js'
import {
  BUCKETS,
  figuresInWords,
  type LaneStretch,
  type ReportEvent,
  type ReportLane,
  type TimelineReport,
  worksShown,
} from './model.js'
import { fillOf, legendEntries, patternDefinitions } from './patterns.js'
import { SCRIPT } from './script.js'
import { STYLE } from './style.js'

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

/** Nothing may be loaded, and nothing may run but the script of the page itself. */
const POLICY = `default-src 'none'; style-src ${hashOf(STYLE)}; script-src ${hashOf(SCRIPT)}`

const stretchId = (lane: number, work: number | null, segment: number): string =>
  `lane-${lane + 1}${work === null ? '' : `-work-${work + 1}`}-${segment + 1}`
const eventId = (number: number): string => `event-${number}`

/** The page as a file; the same report gives the same bytes. */
export function timelineHtml(report: TimelineReport): string {
  const references = referencesOf(report)
  const chart = drawChart(report.lanes, {
    range: shownRange(report.lanes, report.known),
    linkTo: (part) => ('event' in part ? eventId(part.event) : stretchId(part.lane, part.work, part.segment)),
  })
  const counts = report.lanes.map(({ events }) => events.length)
  const sections = report.lanes.map((lane, index) => {
    const firstEvent = 1 + counts.slice(0, index).reduce((sum, count) => sum + count, 0)
    return laneSection(lane, index, firstEvent, references)
  })
  const page = markup`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${new Markup(POLICY)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${report.title}, ${report.isrc}, ${report.territory}: timeline of licensing</title>
<style>${new Markup(STYLE)}</style>
</head>
<body>
<header>
<h1>${report.title}</h1>
<p class="facts">${report.isrc} · ${report.territory} · as known on <strong>${report.known}</strong> · theories: ${report.theories.join(', ')}</p>
</header>
<main>
${legend()}
<svg viewBox="0 0 ${CHART_WIDTH} ${chart.height}" role="group" aria-label="Timeline of licensing">${patternDefinitions()}${chart.picture}</svg>
<p class="screen">Point at a stretch or at a numbered event, or reach it with Tab and the arrow keys. Enter or a click keeps it shown, Escape lets it go.</p>
<section id="panel" aria-live="polite" hidden="hidden"><p>Nothing is chosen yet.</p></section>
${sections}
${sourceSection(report, references)}
<h2>Basis</h2>
<p>Last snapshot heard of by each feed: ${report.feeds.length === 0 ? 'none' : NOTHING}</p>
<ul>${report.feeds.map(({ feed, snapshot }) => markup`<li>${feed} <code>${snapshot}</code></li>`)}</ul>
<p>Made by ${report.program}. The same in a terminal: <code>${report.command}</code></p>
</main>
<script>${new Markup(SCRIPT)}</script>
</body>
</html>
`
  return page.text
}

interface Reference {
  readonly number: number
  /** `file:line`. */
  readonly place: string
}

/** By statement. */
type References = ReadonlyMap<string, Reference>

/** The sources, numbered in the order of feed, file and line. */
function referencesOf({ sources }: TimelineReport): References {
  const key = (statement: string): readonly (string | number)[] => {
    const source = sources[statement]
    return [source?.feed ?? '', source?.file ?? '', source?.line ?? 0, statement]
  }
  const sorted = Object.keys(sources).sort((a, b) => compareKeys(key(a), key(b)))
  return new Map(
    sorted.map((statement, index) => {
      const source = sources[statement]
      return [statement, { number: index + 1, place: `${source?.file}:${source?.line}` }]
    }),
  )
}

function compareKeys(a: readonly (string | number)[], b: readonly (string | number)[]): number {
  const differing = a.findIndex((value, index) => value !== b[index])
  const [x, y] = [a[differing] ?? 0, b[differing] ?? 0]
  return x < y ? -1 : x > y ? 1 : 0
}

const legend = (): Markup =>
  markup`<ul class="legend">${legendEntries().map(
    ({ name, means }) =>
      markup`<li><svg viewBox="0 0 28 14" aria-hidden="true"><rect width="28" height="14" fill="${fillOf(name)}"/></svg>${means}</li>`,
  )}</ul>`

const cite = (statement: string | null, references: References): Markup => {
  const found = statement === null ? undefined : references.get(statement)
  return found === undefined ? NOTHING : markup` <a href="#source-${found.number}">[${found.number}]</a>`
}

const placeOf = (statement: string | null, references: References): Markup => {
  const found = statement === null ? undefined : references.get(statement)
  return found === undefined ? NOTHING : markup` <span class="place">${found.place}</span>`
}

function laneSection(lane: ReportLane, index: number, firstEvent: number, references: References): Markup {
  const events = lane.events.map((event, place) => eventText(event, lane.name, firstEvent + place, references))
  const works = worksShown(lane).map(
    (work, number) => markup`<h3>${work.name}</h3>
${stretchTable(work.segments, `${lane.name}, ${work.name}`, (place) => stretchId(index, number, place), references)}`,
  )
  return markup`<h2>${lane.name}</h2>
${stretchTable(lane.segments, lane.name, (place) => stretchId(index, null, place), references)}
${events}${works}`
}

function stretchTable(
  segments: readonly LaneStretch[],
  name: string,
  idOf: (place: number) => string,
  references: References,
): Markup {
  const buckets = BUCKETS.map((bucket) => markup`<th class="number">${bucket} %</th>`)
  return markup`<table>
<thead><tr><th>from</th><th>to</th>${buckets}<th>range %</th><th>status</th><th>rests on</th></tr></thead>
<tbody>
${segments.map((segment, place) => stretchRow(segment, name, idOf(place), references))}</tbody>
</table>`
}

function stretchRow(segment: LaneStretch, name: string, id: string, references: References): Markup {
  const { from, to, atLeast, atMost, status, statements } = segment
  const cited = statements.map((statement) => cite(statement, references))
  return markup`<tr id="${id}" data-title="${name}"><td class="date">${from ?? 'ever'}</td><td class="date">${to ?? 'open'}</td>${BUCKETS.map(
    (bucket) => markup`<td class="number">${segment[bucket]}</td>`,
  )}<td>${atLeast} to ${atMost}</td><td>${status}</td><td>${statements.length === 0 ? 'no statement bears on it' : cited}</td></tr>
`
}

function eventText(event: ReportEvent, name: string, number: number, references: References): Markup {
  const causes = event.because.map(
    ({ text, statement }) => markup`<li>${text}${cite(statement, references)}${placeOf(statement, references)}</li>`,
  )
  const none = markup`<li>a change of territories or of affiliations</li>`
  return markup`<section class="event-text" id="${eventId(number)}"><h3>${number}. ${event.on}, ${name}</h3>
<p>${figuresInWords(event.before)}; then ${figuresInWords(event.after)}</p>
<ul>${causes.length === 0 ? none : causes}</ul></section>
`
}

function sourceSection({ sources }: TimelineReport, references: References): Markup {
  const rows = [...references].map(([statement, { number, place }]) => {
    const source = sources[statement]
    if (source === undefined) return NOTHING
    const { feed, text, snapshot, published, received, sha256 } = source
    return markup`<tr id="source-${number}"><td>[${number}]</td><td>${feed}</td><td>${text}</td><td><span class="place">${place}</span></td><td class="date">${published}</td><td class="date">${received}</td><td><code>${snapshot}</code><br><code>sha256 ${sha256}</code><br><code>${statement}</code></td></tr>
`
  })
  return markup`<h2>Sources</h2>
<table>
<thead><tr><th></th><th>feed</th><th>says</th><th>file and line</th><th>published</th><th>received</th><th>snapshot, digest of the file, statement</th></tr></thead>
<tbody>
${rows}</tbody>
</table>`
}
