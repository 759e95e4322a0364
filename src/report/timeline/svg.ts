/** A timeline as one still SVG picture: the chart, and below it every event with its causes and their sources. */
import { type Markup, markup } from '../markup.js'
import { shownRange } from './axis.js'
import { CHART_WIDTH, drawChart } from './chart.js'
import {
  figuresInWords,
  type LaneStretch,
  type ReportLane,
  type ReportSource,
  type TimelineReport,
  worksShown,
} from './model.js'
import { fillOf, legendEntries, patternDefinitions } from './patterns.js'

const MARGIN = 20
const WIDTH = CHART_WIDTH + 2 * MARGIN
const LINE = 16
const LEGEND_ROW = 20
/** Characters of the list in one line. */
const LINE_LENGTH = 150

/** The picture as a file; the same report gives the same bytes. */
export function timelineSvg(report: TimelineReport): string {
  const chart = drawChart(report.lanes, { range: shownRange(report.lanes, report.known) })
  const head = [
    markup`<text class="title" x="${MARGIN}" y="34">${report.title}</text>`,
    markup`<text x="${MARGIN}" y="54">${headline(report)}</text>`,
  ]
  const explained = legend()
  const legendTop = 66
  const chartTop = legendTop + explained.height + 10
  const listTop = chartTop + chart.height + 30
  const list = listLines(report)
  const height = listTop + list.length * LINE + MARGIN
  const text = markup`<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" role="img">
<title>${report.title}: ${headline(report)}</title>
${patternDefinitions()}
<style>text{font:12px sans-serif;fill:#111111}.title{font-size:18px;font-weight:bold}.lane{font-weight:bold}.work{font-size:11px}.caption{paint-order:stroke;stroke:#ffffff;stroke-width:4px}.frame{fill:none;stroke:#333333;stroke-width:0.6}.event path{stroke:#111111;fill:#111111}.event text{font-weight:bold}.tick{stroke:#333333;fill:none}text.tick{stroke:none;fill:#111111;font-size:11px}.list{font:11px monospace}</style>
<rect width="${WIDTH}" height="${height}" fill="#ffffff"/>
${head}
<g transform="translate(${MARGIN} ${legendTop})">${explained.picture}</g>
<g transform="translate(${MARGIN} ${chartTop})">${chart.picture}</g>
${list.map((line, index) => markup`<text class="list" xml:space="preserve" x="${MARGIN}" y="${listTop + index * LINE}">${line}</text>\n`)}</svg>
`
  return text.text
}

const headline = ({ isrc, territory, known, theories }: TimelineReport): string =>
  `${isrc}, ${territory}, as known on ${known}; theories: ${theories.join(', ')}`

/** What a character of the legend takes at most. */
const CHARACTER = 7.2

/** The patterns with their meaning, in as many rows as they need. */
function legend(): { readonly picture: Markup; readonly height: number } {
  let [left, top] = [0, 0]
  const entries = legendEntries().map(({ name, means }) => {
    const width = 50 + Math.ceil(means.length * CHARACTER)
    if (left > 0 && left + width > CHART_WIDTH) [left, top] = [0, top + LEGEND_ROW]
    const box = (look: Markup): Markup => markup`<rect ${look} x="${left}" y="${top}" width="24" height="14"/>`
    const entry = markup`${box(markup`fill="${fillOf(name)}"`)}${box(markup`class="frame"`)}<text x="${left + 30}" y="${top + 11}">${means}</text>`
    left += width
    return entry
  })
  return { picture: markup`${entries}`, height: top + LEGEND_ROW }
}

function listLines(report: TimelineReport): string[] {
  let number = 0
  const lanes = report.lanes.flatMap((lane) => {
    const first = number + 1
    number += lane.events.length
    return laneLines(lane, first, report.sources)
  })
  const files = filesOf(report.sources)
  const feeds = report.feeds.map(({ feed, snapshot }) => `${feed} ${snapshot}`)
  return [
    ...lanes,
    ...(files.length === 0 ? [] : ['Files']),
    ...files.flatMap((file) => wrapped(file, '  ')),
    '',
    ...wrapped(`Last snapshots heard of: ${feeds.join('; ') || 'none'}`, ''),
    ...wrapped(`${report.program}: ${report.command}`, ''),
  ]
}

function laneLines(lane: ReportLane, firstEvent: number, sources: TimelineReport['sources']): string[] {
  const stretches = stretchLines(lane.segments, '  ', sources)
  const works = worksShown(lane).flatMap((work) => [`  ${work.name}`, ...stretchLines(work.segments, '    ', sources)])
  const events = lane.events.flatMap(({ on, because }, index) => [
    ...wrapped(
      `${firstEvent + index}. ${on}${because.length === 0 ? ' a change of territories or of affiliations' : ''}`,
      '  ',
    ),
    ...because.flatMap(({ text, statement }) => wrapped(`${text}${placeOf(statement, sources)}`, '     ')),
  ])
  return [lane.name, ...stretches, ...events, ...works, '']
}

const stretchLines = (segments: readonly LaneStretch[], indent: string, sources: TimelineReport['sources']): string[] =>
  segments.flatMap((segment) => {
    const { from, to, status, statements } = segment
    const held = `${figuresInWords(segment)}${status === '' ? '' : `; ${status}`}`
    return wrapped(`${from ?? 'ever'} to ${to ?? 'open'}: ${held}${restsOn(statements, sources)}`, indent)
  })

const restsOn = (statements: readonly string[], sources: TimelineReport['sources']): string =>
  statements.length === 0 ? '' : `; rests on ${statements.map((one) => place(sources[one])).join(', ')}`

const placeOf = (statement: string | null, sources: TimelineReport['sources']): string =>
  statement === null ? '' : ` [${place(sources[statement])}]`

const place = (source: ReportSource | undefined): string =>
  source === undefined ? '?' : `${source.file}:${source.line}`

/** Each file that is named, with its delivery and digest. */
const filesOf = (sources: TimelineReport['sources']): string[] => {
  const files = Object.values(sources).map(
    ({ file, feed, snapshot, published, received, sha256 }) =>
      `${file}: ${feed}, published ${published}, received ${received}, snapshot ${snapshot}, sha256 ${sha256}`,
  )
  return [...new Set(files)].sort()
}

/** A text in lines with an indent, broken between words; later lines stand two further in. */
function wrapped(text: string, indent: string): string[] {
  const lines: string[] = []
  let line = indent
  for (const word of text.split(' ')) {
    if (line.trim() !== '' && line.length + 1 + word.length > LINE_LENGTH) {
      lines.push(line)
      line = `${indent}  `
    }
    line += line.trim() === '' ? word : ` ${word}`
  }
  return [...lines, line]
}
