/** How many there are of everything, and which numbers they have. */
import { STORIES, type Story } from '../stories/index.js'
import type { Feed } from './feeds.js'
import {
  HITS,
  RECORDINGS_OF_HIT,
  RECORDINGS_OF_WORK,
  SEVERAL_WORKS,
  UNMATCHED,
  WORKS_WITH_SEVERAL_RECORDINGS,
} from './table.js'

/** A story with its instances and the numbers that they have. */
export interface PlacedStory {
  readonly number: number
  readonly story: Story
  readonly instances: number
  readonly firstWork: number
  readonly firstRecording: number
  readonly firstParty: number
  /** Deliveries in which the change of an instance may come, from the second on. */
  readonly span: number
}

/**
 * Numbers of works and recordings: first those of stories, then hits, then the long tail. Recordings of the tail are
 * shuffled; of the shuffled ones the first are recordings of one work, then those of several, then the unmatched.
 */
export interface Sizes {
  readonly tracks: number
  readonly stories: readonly PlacedStory[]
  readonly storyWorks: number
  readonly storyRecordings: number
  readonly storyParties: number
  readonly hits: number
  readonly hitRecordings: number
  readonly tailWorks: number
  /** Of those, the works with more than one recording. */
  readonly multiWorks: number
  readonly tailRecordings: number
  readonly singles: number
  readonly medleys: number
  readonly unmatched: number
  readonly works: number
  readonly writers: number
  readonly publishers: number
}

export const FEWEST_TRACKS = 200
export const MOST_TRACKS = 200_000_000

/** Works for a recording, as far as the number of stories depends on it. */
const WORKS_OF_TRACK = ((1000 - UNMATCHED) * (1000 - SEVERAL_WORKS)) / (1000 * RECORDINGS_OF_WORK)

const FEWEST_WRITERS = 200
const FEWEST_PUBLISHERS = 120

/** The stories that these feeds and so many deliveries can tell. */
function placed(tracks: number, snapshots: number, feeds: readonly Feed[]): PlacedStory[] {
  const there = new Set(feeds.map(({ slug }) => slug))
  const works = tracks * WORKS_OF_TRACK
  let [firstWork, firstRecording, firstParty] = [0, 0, 0]
  return STORIES.filter((story) => story.rounds < snapshots && story.feeds.every((feed) => there.has(feed))).map(
    (story, number) => {
      const rounds = story.isPerRound === true ? snapshots - 1 : 1
      const instances = story.isFixed === true ? 1 : Math.max(1, Math.round((works * story.rate * rounds) / 100_000))
      const one = {
        number,
        story,
        instances,
        firstWork,
        firstRecording,
        firstParty,
        span: Math.max(1, snapshots - story.rounds),
      }
      firstWork += instances * story.works
      firstRecording += instances * story.recordings
      firstParty += instances * story.parties
      return one
    },
  )
}

const sum = (stories: readonly PlacedStory[], of: 'works' | 'recordings' | 'parties'): number =>
  stories.reduce((total, { instances, story }) => total + instances * story[of], 0)

/** The sizes of a catalogue of so many recordings. */
export function sizesOf(tracks: number, snapshots: number, feeds: readonly Feed[]): Sizes {
  const stories = placed(tracks, snapshots, feeds)
  const [storyWorks, storyRecordings] = [sum(stories, 'works'), sum(stories, 'recordings')]
  const hits = Math.max(1, Math.round((tracks * WORKS_OF_TRACK * HITS) / 1000))
  const hitRecordings = hits * RECORDINGS_OF_HIT
  const tailRecordings = tracks - storyRecordings - hitRecordings
  const unmatched = Math.round(Math.min((tracks * UNMATCHED) / 1000, tailRecordings / 4))
  const singles = Math.round(((tailRecordings - unmatched) * (1000 - SEVERAL_WORKS)) / 1000)
  const tailWorks = Math.max(1, Math.round((singles * 1000) / RECORDINGS_OF_WORK))
  const works = storyWorks + hits + tailWorks
  return {
    tracks,
    stories,
    storyWorks,
    storyRecordings,
    storyParties: sum(stories, 'parties'),
    hits,
    hitRecordings,
    tailWorks,
    multiWorks: Math.max(1, Math.round((tailWorks * WORKS_WITH_SEVERAL_RECORDINGS) / 1000)),
    tailRecordings,
    singles,
    medleys: tailRecordings - unmatched - singles,
    unmatched,
    works,
    writers: Math.max(FEWEST_WRITERS, Math.round(works / 2)),
    publishers: Math.max(FEWEST_PUBLISHERS, Math.round(works / 40)),
  }
}
