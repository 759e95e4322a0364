/** A diff as one HTML page that needs nothing else: no network, no font, no picture. */
import { createHash } from 'node:crypto'
import { Markup, markup, NOTHING } from '../markup.js'
import type { DiffReport, DiffReportLine } from './model.js'
import { DIFF_SCRIPT } from './script.js'
import { DIFF_STYLE } from './style.js'

/** Changes that a page holds at most: more is nothing that anybody reads, or a browser likes. */
export const HTML_CHANGES = 5000

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

/** Nothing may be loaded, and nothing may run but the script of the page itself. */
const POLICY = `default-src 'none'; style-src ${hashOf(DIFF_STYLE)}; script-src ${hashOf(DIFF_SCRIPT)}`

/** The page as a file; the same report gives the same bytes. */
export function diffHtml(report: DiffReport): string {
  const page = markup`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${new Markup(POLICY)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${report.old} and ${report.new}: what differs</title>
<style>${new Markup(DIFF_STYLE)}</style>
</head>
<body>
<h1>${report.old} → ${report.new}</h1>
<ul class="counts">${report.counts.map(({ what, n }) => markup`<li><strong>${n}</strong> ${what}</li>`)}</ul>
${report.notes.length === 0 ? NOTHING : markup`<ul>${report.notes.map((note) => markup`<li>${note}</li>`)}</ul>`}
${report.columns.length === 0 ? NOTHING : columnTable(report)}
<h2>Changes</h2>
${report.leftOut === null ? NOTHING : markup`<p>${report.leftOut}</p>`}
${report.lines.length === 0 ? markup`<p>None.</p>` : changeTable(report)}
<h2>Basis</h2>
<p>Before: ${report.old} <code>sha256 ${report.sha256.old}</code><br>After: ${report.new} <code>sha256 ${report.sha256.new}</code></p>
<p>Made by ${report.program}.</p>
${report.lines.length === 0 ? NOTHING : markup`<script>${new Markup(DIFF_SCRIPT)}</script>`}
</body>
</html>
`
  return page.text
}

const columnTable = ({ columns }: DiffReport): Markup => markup`<h2>Columns that differ</h2>
<table><thead><tr><th>Column</th><th class="number">Rows</th><th class="number">Of rows on both sides</th><th></th></tr></thead>
<tbody>${columns.map(
  ({ name, n, rate, ignored }) =>
    markup`<tr><td>${name}</td><td class="number">${n}</td><td class="number">${rate}</td><td>${ignored ? 'ignored' : ''}</td></tr>
`,
)}</tbody></table>`

function changeTable({ lines, keyName }: DiffReport): Markup {
  const columns = [...new Set(lines.flatMap(({ column }) => (column === null ? [] : [column])))]
  return markup`<form id="filters" class="filters" hidden="hidden">
<label>Kind <select name="op"><option value="">all</option><option value="create">created</option><option value="update">updated</option><option value="delete">deleted</option></select></label>
<label>Column <select name="column"><option value="">all</option>${columns.map((name) => markup`<option value="${name}">${name}</option>`)}</select></label>
<label>With the text <input name="text" type="search"></label>
<span id="shown" aria-live="polite"></span>
</form>
<table id="changes"><thead><tr><th></th><th>${keyName}</th><th>Column</th><th>Before</th><th>After</th></tr></thead>
<tbody>
${lines.map(changeLine)}</tbody></table>`
}

const SIGNS = { create: '+', update: '~', delete: '−' } as const

const changeLine = ({ op, key, column, before, after }: DiffReportLine): Markup =>
  markup`<tr class="${op}" data-column="${column ?? ''}"><td>${SIGNS[op]}</td><td>${key}</td><td>${column ?? ''}</td><td class="value before">${before}</td><td class="value after">${after}</td></tr>
`
