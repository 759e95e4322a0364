/** The looks of the page about a diff: on a screen, and on A4. */
export const DIFF_STYLE = `
:root{color-scheme:light}
body{font:15px/1.45 system-ui,sans-serif;color:#111;background:#fff;max-width:1200px;margin:1.5rem auto;padding:0 1rem}
h1{font-size:1.4rem;margin:0;overflow-wrap:anywhere}h2{font-size:1.1rem;margin:1.5rem 0 .4rem}
.counts{list-style:none;padding:0;display:flex;flex-wrap:wrap;gap:.4rem 1.6rem;font-size:1.05em}
table{border-collapse:collapse;width:100%;font-size:.9em}
th,td{text-align:left;vertical-align:top;padding:.2rem .7rem .2rem 0;border-bottom:1px solid #bbb;overflow-wrap:anywhere;white-space:pre-wrap}
thead th{position:sticky;top:0;background:#fff}
td.number,th.number{text-align:right;white-space:nowrap}
td.value{font-family:ui-monospace,monospace;font-size:.92em}
tr.create td.after{background:#e3f4e3}tr.delete td.before{background:#fbe3e3}
tr.update td.before{background:#fbf0e3}tr.update td.after{background:#e9f4fb}
code{font-family:ui-monospace,monospace;font-size:.86em;overflow-wrap:anywhere}
.filters{display:flex;flex-wrap:wrap;gap:.4rem 1.2rem;margin:.5rem 0}
@page{size:A4;margin:14mm}
@media print{body{max-width:none;margin:0;padding:0;font-size:9.5pt}.filters{display:none}tr{break-inside:avoid}
td{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
`
