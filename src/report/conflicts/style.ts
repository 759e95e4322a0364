/** The look of a report of conflicts: readable in black and white, on a screen and on paper. */
export const STYLE = `
:root { color-scheme: light; }
body { font: 15px/1.45 system-ui, sans-serif; margin: 2rem; color: #111; background: #fff; }
h1 { font-size: 1.5rem; margin: 0 0 .3rem; }
h2 { font-size: 1.15rem; margin: 2rem 0 .5rem; }
table { border-collapse: collapse; width: 100%; }
th, td { border-bottom: 1px solid #999; padding: .3rem .6rem .3rem 0; text-align: left; vertical-align: top; }
th button { all: unset; cursor: pointer; font-weight: 600; }
th button:focus-visible { outline: 2px solid #111; }
th[aria-sort="ascending"] button::after { content: " \\2191"; }
th[aria-sort="descending"] button::after { content: " \\2193"; }
td.number { text-align: right; font-variant-numeric: tabular-nums; }
.severity { display: inline-block; min-width: 1.4em; text-align: center; border: 1px solid #111; font-weight: 600; }
.severity-1 { background: #111; color: #fff; -webkit-print-color-adjust: exact; print-color-adjust: exact; }
.severity-2 { border-width: 3px; }
.severity-3 { border-style: dashed; }
.severity-4 { border-style: dotted; }
details { margin: .2rem 0 0; }
summary { cursor: pointer; }
ul { margin: .3rem 0; padding-left: 1.2rem; }
code { font-size: .85em; overflow-wrap: anywhere; }
.filters { display: flex; gap: 1rem; flex-wrap: wrap; margin: 1rem 0; }
.filters label { display: flex; gap: .4rem; align-items: center; }
.sources td { font-size: .9em; overflow-wrap: anywhere; }
[hidden] { display: none; }
@media print {
  body { margin: 0; font-size: 10pt; }
  .filters { display: none; }
  thead { display: table-header-group; }
  tr { break-inside: avoid; }
  @page { margin: 18mm; }
}
`
