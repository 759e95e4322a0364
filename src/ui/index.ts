/** Screens: the only room that draws with Ink. */

export { showAlerts } from './screens/alerts/show-alerts.js'
export { showConflicts } from './screens/conflicts/show-conflicts.js'
export { showDiff } from './screens/diff/show-diff.js'
export { showExplore } from './screens/explore/show-explore.js'
export { showTimeline } from './screens/timeline/show-timeline.js'
