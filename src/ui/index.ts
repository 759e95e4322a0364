/** Screens: the only room that draws with Ink. */

export { showDiff } from './screens/diff/show-diff.js'
export { showExplore } from './screens/explore/show-explore.js'
export { showTimeline } from './screens/timeline/show-timeline.js'
