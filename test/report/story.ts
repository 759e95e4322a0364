/** The timeline of the screen's tests as a report. */
import type { TimelineDocument } from '../../src/cli/views/timeline-document.js'
import { timelineReport } from '../../src/cli/views/timeline-report.js'
import type { TimelineReport } from '../../src/report/index.js'
import { storyDocument } from '../ui/timeline/story.js'

export const storyReport = (document: TimelineDocument = storyDocument()): TimelineReport =>
  timelineReport(document, { recording: 'ZZRCL1800003', right: 'all' }, 'recital 1.2.3')

/** Values that would break a page that trusts them. */
export const hostile = (): TimelineDocument => {
  const document = storyDocument()
  const evil = `</script><script>alert("1")</script><img src=x onerror='alert(1)'>&amp; ${'\u0000\u001b\u202e\ufffe'}`
  const sources = Object.entries(document.sources).map(([name, source]) => [
    `${name}">${evil}`,
    { ...source, feed: evil, file: evil, text: evil },
  ])
  return {
    ...document,
    recording: { isrc: evil, title: evil, artist: evil },
    theories: [evil],
    basis: { generation: '1', feeds: [{ feed: evil, snapshot: evil }] },
    sources: Object.fromEntries(sources),
    rights: document.rights.map((lane) => ({
      ...lane,
      right: evil,
      segments: lane.segments.map((segment) => ({
        ...segment,
        statements: segment.statements.map((s) => `${s}">${evil}`),
      })),
      events: lane.events.map((event) => ({ ...event, because: [{ kind: 'regime', statement: null, text: evil }] })),
      works: [1, 2].map((number) => ({ work: { iswc: null, title: evil, id: `${number}` }, segments: lane.segments })),
    })),
  }
}
