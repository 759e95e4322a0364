/** Search: an index of what can be found, the language of questions, and the order of answers. */
export { type BuildContext, type BuildReporter, type BuiltIndex, buildIndex, openSearchIndex } from './build.js'
