/**
 * A catalogue to search: recordings whose words are as uneven as those of real titles (Zipf), artists, and usage. The
 * same number gives the same bytes.
 */
import { once } from 'node:events'
import { createWriteStream, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const SYLLABLES =
  'ba be bo ca ce co da de do fa fe go ha he ja jo ka ke la le li lo ma me mi mo na ne no pa pe po ra re ri ro sa se si so ta te ti to va ve vi wa we ya zo an en in on ar er or al el il st nd th'.split(
    ' ',
  )

/** A generator of numbers from 0 to 1 (mulberry32). */
export function chance(seed) {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

/** The word of a rank: rank 0 is the commonest. Different ranks give different words. */
export function wordOf(rank) {
  let word = ''
  for (let rest = rank + SYLLABLES.length; rest > 0; rest = Math.floor(rest / SYLLABLES.length))
    word += SYLLABLES[rest % SYLLABLES.length]
  return word
}

/** A rank with about one in `rank` odds, up to `most`: the inverse of a truncated Zipf distribution. */
const rankOf = (random, most) => Math.min(most - 1, Math.floor(Math.exp(random() * Math.log(most))) - 1)

/** So many different words turn up in titles for so many recordings. */
export const vocabularyOf = (count) => Math.min(2_000_000, Math.max(5_000, Math.floor(count / 4)))

/** An ISRC of the country ZZ, which no country has. */
export const isrc = (number) => {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
  const registrant = [676, 26, 1].map((unit) => letters[Math.floor(number / 1e7 / unit) % 26]).join('')
  return `ZZ${registrant}${String(number % 1e7).padStart(7, '0')}`
}

/** Title and artist of a recording. */
export function named(number, count) {
  const random = chance(number * 2654435761)
  const most = vocabularyOf(count)
  const length = 1 + Math.floor(random() * 4)
  const title = Array.from({ length }, () => wordOf(rankOf(random, most))).join(' ')
  const artist = `${wordOf(rankOf(random, most / 10))} ${wordOf(most + Math.floor(random() * Math.max(1, count / 20)))}`
  return { title, artist }
}

/** Writes a delivery of `tables` with so many recordings, one in two with usage. */
export async function makeCatalogue(folder, count) {
  mkdirSync(folder, { recursive: true })
  writeFileSync(
    join(folder, 'feed.yaml'),
    'feed: bench/search\npublished: 2024-01-01\nreceived: 2024-01-02\nscope: full\n',
  )
  const recordings = createWriteStream(join(folder, 'recordings.csv'))
  const usage = createWriteStream(join(folder, 'usage.csv'))
  recordings.write('recording_id,title,isrc,artist\n')
  usage.write('recording_id,territory,period,streams\n')
  const random = chance(1)
  for (let first = 0; first < count; first += 5000) {
    let [rows, used] = ['', '']
    for (let number = first; number < Math.min(count, first + 5000); number += 1) {
      const { title, artist } = named(number, count)
      rows += `R${number},${title},${isrc(number)},${artist}\n`
      if (number % 2 === 0) used += `R${number},US,2023-12,${Math.floor(10 / (random() + 1e-6))}\n`
    }
    if (!recordings.write(rows)) await once(recordings, 'drain')
    if (!usage.write(used)) await once(usage, 'drain')
  }
  recordings.end()
  usage.end()
  await Promise.all([once(recordings, 'close'), once(usage, 'close')])
}
