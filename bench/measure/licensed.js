/** To what degree a recording was licensed, at cells of the truth; the answers are those of the reference. */
import { askColdAndWarm, askedRows } from '../support/asked.js'

const BUCKETS = ['licensed', 'exempt', 'unlicensed', 'unknown', 'disputed']
/** In millionths of a percent. */
const WHOLE = 100_000_000
const TOLERANCE = 60_000
/** Above this the reference would take longer than what is measured. */
const MOST_FOR_REFERENCE = 1e6

/**
 * For warm.js: the five buckets in millionths of a percent, and the status.
 * @public
 */
export async function asker(source) {
  const { licensed: ask } = await source('licensing/index.ts')
  return async (evidence, request) => {
    const { answer } = await ask(evidence, request)
    const [right] = answer.rights
    return { ...Object.fromEntries(BUCKETS.map((name) => [name, Number(right[name])])), status: right.status }
  }
}

const keyOf = (question) => Object.values(question).join(' ')

/** Throws where a bucket differs from what the reference worked out, or, without it, where they do not add up to 100. */
function checkAnswer(question, answer, expected) {
  const sum = BUCKETS.reduce((total, bucket) => total + answer[bucket], 0)
  if (Math.abs(sum - WHOLE) > TOLERANCE) throw new Error(`${keyOf(question)}: the buckets add up to ${sum} millionths`)
  if (expected === undefined) return
  const wrong = BUCKETS.filter((bucket) => answer[bucket] !== Number(expected[bucket]))
  if (wrong.length === 0) return
  const pairs = wrong.map((bucket) => `${bucket} ${answer[bucket]} instead of ${expected[bucket]}`)
  throw new Error(`${keyOf(question)}: ${pairs.join(', ')}`)
}

export const licensed = {
  name: 'licensed',
  isFlat: true,
  needs: ['next'],
  async measure(size) {
    let checked = 0
    const folders = size.deliveries().map(({ path }) => path)
    const asked = await askColdAndWarm(size, {
      file: import.meta.url,
      coldArgs: ({ isrc, territory, day, known, right }) => [
        ...['licensed', isrc, '--on', day, '--territory', territory, '--known', known, '--right', right],
      ],
      request: ({ isrc, territory, day, known, right }) => ({ recording: isrc, on: day, territory, known, right }),
      async check(questions, answers) {
        const expected = size.tracks <= MOST_FOR_REFERENCE ? await size.truth.expected(questions, folders) : null
        for (const [index, question] of questions.entries()) checkAnswer(question, answers[index], expected?.[index])
        checked = expected?.length ?? 0
      },
    })
    return { ...asked, checked }
  },
  rows: [
    ...askedRows('licensed', 'licensed', '<= 6'),
    { id: 'licensed-checked', label: '  answers equal to the reference', unit: '#', of: (f) => f.middle('checked') },
  ],
}
