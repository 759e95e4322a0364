/** The looks of the report page: on a screen, and on A4. */
export const STYLE = `
:root{color-scheme:light}
body{font:15px/1.45 system-ui,sans-serif;color:#111;background:#fff;max-width:1080px;margin:1.5rem auto;padding:0 1rem}
h1{font-size:1.5rem;margin:0}h2{font-size:1.15rem;margin:1.6rem 0 .4rem}h3{font-size:1rem;margin:1rem 0 .3rem}
.facts{margin:.3rem 0 1rem}
code,.place{font-family:ui-monospace,monospace;font-size:.86em;overflow-wrap:anywhere}
svg{display:block;width:100%;height:auto}
svg text{font:12px system-ui,sans-serif;fill:#111}svg .lane{font-weight:bold}svg .work{font-size:11px}
svg .caption{paint-order:stroke;stroke:#fff;stroke-width:4px}
svg .frame{fill:none;stroke:#333;stroke-width:.6}
svg .event path{stroke:#111;fill:#111}svg .event text{font-weight:bold}
svg .tick{stroke:#333;fill:none}svg text.tick{stroke:none;fill:#111;font-size:11px}
svg a{cursor:pointer}svg a:focus{outline:none}
svg a:focus .frame,svg a.on .frame{stroke:#000;stroke-width:3}
svg a:focus .event path,svg a.on .event path{stroke-width:3}
.legend{list-style:none;padding:0;display:flex;flex-wrap:wrap;gap:.3rem 1.2rem;font-size:.9em}
.legend svg{display:inline-block;width:28px;height:14px;vertical-align:-2px;margin-right:.4em;border:1px solid #333}
#panel{border:2px solid #333;padding:.6rem 1rem;min-height:9rem;margin:1rem 0}
#panel h3{margin-top:0}
#panel dl{display:grid;grid-template-columns:max-content 1fr;gap:.1rem 1rem;margin:0}#panel dd{margin:0}
table{border-collapse:collapse;width:100%;font-size:.9em}
th,td{text-align:left;vertical-align:top;padding:.2rem .6rem .2rem 0;border-bottom:1px solid #bbb}
td.number,th.number{text-align:right}td.date{white-space:nowrap}
.event-text:target,tr:target{background:#eef3f8;outline:2px solid #333}
ul{margin:.2rem 0;padding-left:1.3rem}
@page{size:A4;margin:14mm}
@media print{body{max-width:none;margin:0;padding:0;font-size:10pt}#panel,.screen{display:none}a{color:inherit;text-decoration:none}
svg,tr,.event-text{break-inside:avoid}h2,h3{break-after:avoid}
svg rect,svg path{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
`
