/** Search: an index of what can be found, the language of questions, and the order of answers. */

export type { DocumentKind } from '../store/search/document.js'
export type { SearchIndex } from '../store/search/index-reader.js'
export { type BuildContext, type BuildReporter, type BuiltIndex, buildIndex, openSearchIndex, PHASES } from './build.js'
export { type Confirmed, checkFilters, confirm, MOST_EXAMINED, needsEvidence } from './find/confirm.js'
export { type FindRequest, type Found, find } from './find/find.js'
export type { Hit } from './find/hit.js'
export { type ListRequest, type MatchedLine, type MatchedList, matchList } from './paste/match-list.js'
export { parseQuery, type Query } from './query/parse.js'
export { fold } from './text/fold.js'
export { comparable } from './text/words.js'
