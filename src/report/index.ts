/** Reports: the same answers as pages and pictures that stand by themselves. */
export { checkReportFile, writeReportFile } from './files.js'
export { escaped } from './markup.js'
export { type DayRange, shownRange, type Tick, ticks } from './timeline/axis.js'
export { timelineHtml } from './timeline/html.js'
export type { Bucket, Figures, ReportLane, TimelineReport } from './timeline/model.js'
export { BUCKETS, figuresInWords } from './timeline/model.js'
export { timelineSvg } from './timeline/svg.js'
