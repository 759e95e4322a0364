/** The stories that are planted: their names, and that what they refer to is theirs. */
import { describe, expect, it } from 'vitest'
import { STORIES } from '../../src/synth/stories/index.js'
import { READY_MADE } from '../../src/synth/stories/ready-made.js'

describe('the stories', () => {
  it('have names of their own, the ready-made ones first', () => {
    const names = STORIES.map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
    expect(names.slice(0, 9)).toEqual([
      'the-800-percent-song',
      'the-administrator-nobody-was-told-about',
      'the-60-day-gap',
      'the-withdrawn-claim',
      'the-medley',
      'the-hidden-duplicate',
      'the-label-double-delivery',
      'the-world-excl-de-deal',
      'the-retroactive-deal',
    ])
    expect(READY_MADE.every(({ isFixed }) => isFixed === true)).toBe(true)
  })

  it('refer to works, recordings and parties that they have', () => {
    for (const story of STORIES) {
      for (const { work, party } of story.shares) {
        expect(work, story.name).toBeLessThan(story.works)
        expect(party ?? 0, story.name).toBeLessThan(story.parties)
      }
      for (const { recording, work } of story.links) {
        expect(recording, story.name).toBeLessThan(story.recordings)
        expect(work, story.name).toBeLessThan(story.works)
      }
      for (const { until, since } of [...story.shares, ...story.links]) {
        for (const shift of [until, since]) expect(shift ?? -1, story.name).toBeLessThan(Math.max(story.rounds, 1))
        if (until !== undefined || since !== undefined) expect(story.rounds, story.name).toBeGreaterThan(0)
      }
    }
  })

  it('keep the numbers of the ready-made ones, whatever else is in the catalogue', async () => {
    // Works 0 to 11: eight stories of one work, the medley of three and the duplicate of two.
    expect(READY_MADE.map(({ works }) => works)).toEqual([1, 1, 1, 1, 3, 2, 1, 1, 1])
  })
})
