/** Conflicts as one HTML page that needs nothing else: no network, no font, no picture. The same report gives the same bytes. */
import { createHash } from 'node:crypto'
import { Markup, markup, NOTHING } from '../markup.js'
import { type ConflictsReport, placeOf, type ReportConflict } from './model.js'
import { SCRIPT } from './script.js'
import { STYLE } from './style.js'

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

/** Nothing may be loaded, and nothing may run but the script of the page itself. */
const POLICY = `default-src 'none'; style-src ${hashOf(STYLE)}; script-src ${hashOf(SCRIPT)}`

export function conflictsHtml(report: ConflictsReport): string {
  const { known, since, conflicts, disappeared, leftOut, generation, program, command } = report
  const references = referencesOf(report)
  const title =
    since === null ? `Conflicts as known on ${known}` : `Conflicts that appeared between ${since} and ${known}`
  const page = markup`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${new Markup(POLICY)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${new Markup(STYLE)}</style>
</head>
<body>
<h1>${title}</h1>
<p>Severity 1 blocks a figure, 2 changes a figure, 3 warns, 4 is hygiene. Every figure leads to its sources below.</p>
${countsTable(report)}
<div class="filters">
<label>Words <input id="words" type="search"></label>
<label>Severity <select id="severity"><option value="">all</option>${[1, 2, 3, 4].map((each) => markup`<option>${each}</option>`)}</select></label>
<span><span id="shown">${conflicts.length}</span> of ${conflicts.length} shown${leftOut === 0 ? NOTHING : markup`; ${leftOut} more are counted and not listed`}</span>
</div>
<table id="conflicts">
<thead><tr>${COLUMNS.map(([name, kind]) => markup`<th scope="col" data-kind="${kind}"><button type="button">${name}</button></th>`)}</tr></thead>
<tbody>
${conflicts.map((conflict, index) => row(conflict, index, report, references))}
</tbody>
</table>
${disappeared.length === 0 ? NOTHING : markup`<h2>Disappeared</h2><ul>${disappeared.map((one) => markup`<li>${one.id} ${one.name}: ${one.subject} ${one.right} ${one.territories} ${one.magnitude}</li>`)}</ul>`}
${sourcesTable(report, references)}
<h2>Basis</h2>
<p>Generation ${generation} of the evidence. Made by ${program}. The same in a terminal: <code>${command}</code></p>
<script>${new Markup(SCRIPT)}</script>
</body>
</html>
`
  return page.text
}

const COLUMNS = [
  ['Conflict', 'text'],
  ['Severity', 'number'],
  ['Subject', 'text'],
  ['Where and when', 'text'],
  ['Magnitude', 'number'],
  ['Streams', 'number'],
  ['Known since', 'text'],
] as const

function countsTable({ counts }: ConflictsReport): Markup {
  const rows = counts.map(
    ({ id, name, severity, count }) =>
      markup`<tr><td>${id}</td><td>${mark(severity)}</td><td class="number">${count}</td><td>${name}</td></tr>\n`,
  )
  return markup`<table><thead><tr><th scope="col">Conflict</th><th scope="col">Severity</th><th scope="col">Found</th><th scope="col">What it is</th></tr></thead><tbody>
${rows}</tbody></table>`
}

const mark = (severity: number): Markup => markup`<span class="severity severity-${severity}">${severity}</span>`

type References = ReadonlyMap<string, number>

/** The sources, numbered in the order of feed, file and line. */
function referencesOf({ sources }: ConflictsReport): References {
  const sorted = Object.entries(sources).sort(
    ([a, x], [b, y]) => compare(x.feed, y.feed) || compare(x.file, y.file) || x.line - y.line || compare(a, b),
  )
  return new Map(sorted.map(([statement], index) => [statement, index + 1]))
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

function row(conflict: ReportConflict, place: number, report: ConflictsReport, references: References): Markup {
  const {
    id,
    name,
    severity,
    subject,
    right,
    territories,
    from,
    to,
    magnitude,
    total,
    streams,
    paymentOnly,
    knownFrom,
    knownTo,
  } = conflict
  const days = from === null && to === null ? '' : `${from ?? 'no start'} to ${to ?? 'no end'}`
  const until = knownTo === null ? '' : ` to ${knownTo}`
  return markup`<tr data-place="${place}" data-severity="${severity}">
<td data-sort="${id}">${id}<br>${name}</td>
<td data-sort="${severity}">${mark(severity)}</td>
<td data-sort="${subject}">${subject}${more(conflict, report, references)}</td>
<td data-sort="${right} ${territories} ${from ?? ''}">${[right, territories, days].filter((text) => text !== '').join(', ')}</td>
<td class="number" data-sort="${total ?? 0}">${magnitude}${paymentOnly ? markup`<br>payment only` : NOTHING}</td>
<td class="number" data-sort="${streams}">${streams}</td>
<td data-sort="${knownFrom ?? ''}">${knownFrom ?? 'the first receipt'}${until}</td>
</tr>
`
}

function more(conflict: ReportConflict, report: ConflictsReport, references: References): Markup {
  const { parties, statements, next, key, detail, decisions } = conflict
  const cited = statements.map((statement) => {
    const number = references.get(statement)
    return number === undefined
      ? markup`<li>${statement}</li>`
      : markup`<li><a href="#source-${number}">[${number}]</a> ${placeOf(report, statement)}</li>`
  })
  return markup`
<details><summary>${parties.length === 0 ? 'sources' : parties.join(', ')}</summary>
<ul>${detail === '' ? NOTHING : markup`<li>${detail}</li>`}<li>Next: ${next}</li>${decisions.map(
    ({ at, author, verdict, identity, reason }) =>
      markup`<li>Decision of ${at}, ${author}: ${verdict}${identity === null ? '' : ` ${identity}`}. ${reason}</li>`,
  )}${cited}<li><code>${key}</code></li></ul></details>`
}

function sourcesTable({ sources }: ConflictsReport, references: References): Markup {
  const rows = [...references].map(([statement, number]) => {
    const source = sources[statement]
    return markup`<tr id="source-${number}"><td>${number}</td><td>${source?.feed ?? ''}</td><td>${source?.file ?? ''}:${source?.line ?? ''}</td><td>${source?.published ?? ''}</td><td>${source?.received ?? ''}</td><td><code>${source?.sha256 ?? ''}</code></td><td><code>${statement}</code></td></tr>
`
  })
  return markup`<h2>Sources</h2>
<table class="sources"><thead><tr>${['No', 'Feed', 'File and line', 'Published', 'Received', 'SHA-256 of the file', 'Statement'].map((name) => markup`<th scope="col">${name}</th>`)}</tr></thead><tbody>
${rows}</tbody></table>`
}
