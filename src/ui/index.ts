/** Screens: the only room that draws with Ink. */
export { showTimeline } from './screens/timeline/show-timeline.js'
