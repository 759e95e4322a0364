/** The stories of the fixtures: five buckets worked out by hand (`fixtures/README.md`), asked of the built program. */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { LicensedDocument } from '../../src/cli/views/licensed-document.js'
import { expected } from '../fixtures/expectations.js'
import { FIXTURES, placeForSuite } from '../support/cli.js'

interface Story {
  readonly story: string
  readonly isrc: string
  readonly on: string
  readonly territory: string
  readonly right: string
  readonly known: string
  readonly theory?: string
  readonly answer: Readonly<Record<'licensed' | 'exempt' | 'unlicensed' | 'unknown' | 'disputed', number>>
}

const { stories } = JSON.parse(readFileSync(path.join(FIXTURES, 'expected.json'), 'utf8')) as {
  readonly stories: readonly Story[]
}

describe('the stories, to what degree', () => {
  const place = placeForSuite()

  beforeAll(async () => {
    const catalogue = expected.deliveries.filter((delivery) => delivery.path.startsWith('catalogue/'))
    for (const delivery of catalogue) {
      await place.json('ingest', path.join(FIXTURES, delivery.path), ...delivery.args)
    }
  }, 120_000)

  it.each(
    stories.map((story) => [`${story.story}: ${story.territory} ${story.on}, known ${story.known}`, story] as const),
  )(
    '%s',
    async (_, { isrc, on, territory, right, known, theory, answer }) => {
      const document = await place.json<LicensedDocument>(
        ...['licensed', isrc, '--on', on, '--territory', territory, '--right', right, '--known', known],
        ...(theory === undefined ? [] : ['--theory', theory]),
      )
      expect(document.rights[0]).toMatchObject(answer)
    },
    60_000,
  )
})
