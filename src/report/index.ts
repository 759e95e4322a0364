/** Reports: the same answers as pages and pictures that stand by themselves. */

export { conflictsCsv } from './conflicts/csv.js'
export { conflictsHtml } from './conflicts/html.js'
export { conflictsMarkdown } from './conflicts/markdown.js'
export type { ConflictsReport } from './conflicts/model.js'
export { diffHtml, HTML_CHANGES } from './diff/html.js'
export type { DiffReport } from './diff/model.js'
export { checkReportFile, writeLargeFile, writeReportFile } from './files.js'
export { type DayRange, shownRange, type Tick, ticks } from './timeline/axis.js'
export { timelineHtml } from './timeline/html.js'
export type { Bucket, Figures, ReportLane, TimelineReport } from './timeline/model.js'
export { BUCKETS, figuresInWords } from './timeline/model.js'
export { timelineSvg } from './timeline/svg.js'
