/** Screens, each loaded by itself: one must not wait for what another leans on. */
export const screens = {
  alerts: () => import('./screens/alerts/show-alerts.js'),
  conflicts: () => import('./screens/conflicts/show-conflicts.js'),
  diff: () => import('./screens/diff/show-diff.js'),
  explore: () => import('./screens/explore/show-explore.js'),
  timeline: () => import('./screens/timeline/show-timeline.js'),
}
