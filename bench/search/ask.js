/**
 * Questions of one kind after another to one index: how long each takes, warm. Prints JSON.
 *   node --import tsx … ask.js INDEX COUNT SAMPLES
 */
import { performance } from 'node:perf_hooks'
import { find, parseQuery } from '../../src/search/index.ts'
import { SearchIndex as Index } from '../../src/store/search/index-reader.ts'
import { chance, isrc, named, vocabularyOf, wordOf } from './make.js'

const [path = '', countText = '0', samplesText = '0'] = process.argv.slice(2)
const [count, samples] = [Number(countText), Number(samplesText)]

const KINDS = {
  'rare word': (random) => wordOf(vocabularyOf(count) + Math.floor(random() * (count / 20))),
  'common word': (random) => wordOf(Math.floor(random() * 20)),
  'two common words': (random) => `${wordOf(Math.floor(random() * 20))} ${wordOf(Math.floor(random() * 20))}`,
  'title and artist': (random) => Object.values(named(Math.floor(random() * count), count)).join(' '),
  'beginning of 1 or 2 letters': (random) =>
    `${wordOf(Math.floor(random() * 500)).slice(0, 1 + Math.floor(random() * 2))}*`,
  'beginning of 3 to 5 letters': (random) =>
    `${wordOf(500 + Math.floor(random() * 5000)).slice(0, 3 + Math.floor(random() * 3))}*`,
  'typing error': (random) => mistyped(Object.values(named(Math.floor(random() * count), count)).join(' '), random),
  identifier: (random) => isrc(Math.floor(random() * count)),
}

/** One letter of the longest word swapped with the next. */
function mistyped(text, random) {
  const words = text.split(' ')
  const longest = words.reduce((best, word, at) => (word.length > (words[best]?.length ?? 0) ? at : best), 0)
  const word = words[longest] ?? ''
  const at = Math.floor(random() * (word.length - 1))
  words[longest] = word.slice(0, at) + (word[at + 1] ?? '') + (word[at] ?? '') + word.slice(at + 2)
  return words.join(' ')
}

async function time(index, text) {
  const begun = performance.now()
  await find(index, { query: parseQuery(text), limit: 20 })
  return performance.now() - begun
}

const index = await Index.open(path)
const results = {}
for (const [kind, question] of Object.entries(KINDS)) {
  const random = chance(7)
  const times = []
  for (let sample = 0; sample < samples; sample += 1) times.push(await time(index, question(random)))
  const sorted = [...times].sort((a, b) => a - b)
  const at = (part) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0
  results[kind] = { first: times[0] ?? 0, p50: at(0.5), p95: at(0.95), worst: at(1) }
}
index.close()
console.log(JSON.stringify(results))
