/** Collected findings as a page, as a table, and as commands that print them again. */
import { createHash } from 'node:crypto'
import { csvText } from '../csv.js'
import { Markup, markup } from '../markup.js'
import type { Finding, FindingsReport } from './model.js'

const STYLE = `
body { font: 16px/1.5 system-ui, sans-serif; max-width: 76rem; margin: 2rem auto; padding: 0 1rem; color: #1a1a1a; background: #fff; }
pre { overflow-x: auto; background: #f4f4f4; padding: .75rem; font: 13px/1.4 ui-monospace, monospace; }
code { font: 13px/1.4 ui-monospace, monospace; }
article { border-top: 1px solid #bbb; margin-top: 2rem; }
@media print { pre { white-space: pre-wrap; } }
`
const POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`

const oneFinding = ({ kind, id, title, view, command, lines, notes }: Finding, index: number): Markup => markup`
<article id="finding-${index + 1}">
<h2>${index + 1}. ${title}</h2>
<p>${kind} ${id}: ${view}. Printed again by <code>${command}</code></p>
<pre>${lines.map(
  (line) => markup`${line}
`,
)}</pre>
${notes.map((note) => markup`<p>Note: ${note}</p>`)}
</article>`

/** The page as a file; the same report gives the same bytes. Nothing is loaded, nothing runs. */
export function findingsHtml({ program, generation, known, findings }: FindingsReport): string {
  const page = markup`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${new Markup(POLICY)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Findings</title>
<style>${new Markup(STYLE)}</style>
</head>
<body>
<h1>Findings</h1>
<p>${findings.length} findings, as known on ${known}; generation ${generation} of the evidence; ${program}. Privileged notes are left out.</p>
<ol>${findings.map(({ title, view }, index) => markup`<li><a href="#finding-${index + 1}">${title}: ${view}</a></li>`)}</ol>
${findings.map(oneFinding)}
</body>
</html>
`
  return page.text
}

/** One row per finding. */
export const findingsCsv = ({ findings }: FindingsReport): string =>
  csvText([
    ['kind', 'id', 'title', 'view', 'command', 'notes'],
    ...findings.map(({ kind, id, title, view, command, notes }) => [kind, id, title, view, command, notes.join('\n')]),
  ])

/** The commands, one per line, as `recital replay` reads them. */
export const findingsCommands = ({ findings, known }: FindingsReport): string =>
  [`# ${findings.length} findings, as known on ${known}`, ...findings.map(({ command }) => command), ''].join('\n')
