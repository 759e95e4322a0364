/** DDEX ERN messages: telling them apart, reading one, reading many, and counting their records without a parser. */
export { countErnRecords } from './count.js'
export { looksLikeErn } from './detect.js'
export { type ErnFilesOptions, type ErnReceiver, readErnFiles } from './files.js'
export { type ErnMessage, readErnMessage } from './read.js'
