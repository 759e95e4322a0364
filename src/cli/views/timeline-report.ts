/** A timeline as the report that is written to a file. */
import type { TimelineReport } from '../../report/index.js'
import { shellWord, type TimelineAsked, timelineCommand } from './timeline-command.js'
import type { LaneJson, TimelineDocument } from './timeline-document.js'
import { recordingTitle, rightTitle, statusInWords, territoryTitle, workTitle } from './timeline-words.js'

/** @param program name and version, as in `recital 0.1.0` */
export function timelineReport(document: TimelineDocument, asked: TimelineAsked, program: string): TimelineReport {
  const { recording, territory, known, theories, basis, sources } = document
  return {
    title: recordingTitle(document),
    isrc: recording.isrc ?? asked.recording,
    territory: territoryTitle(territory),
    known,
    theories,
    command: timelineCommand(asked, { known, territory }).map(shellWord).join(' '),
    program,
    lanes: document.rights.map(laneOf),
    feeds: basis.feeds,
    sources,
  }
}

const laneOf = (lane: LaneJson): TimelineReport['lanes'][number] => ({
  name: rightTitle(lane.right),
  segments: lane.segments.map((segment) => ({ ...segment, status: statusInWords(segment) })),
  events: lane.events,
  works: lane.works.map((work) => ({
    name: workTitle(work),
    segments: work.segments.map((segment) => ({ ...segment, status: segment.reason ?? '' })),
  })),
})
