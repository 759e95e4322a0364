/** What all questions have in common: cold processes beside bare Node, then one process that stays. */
import { sampleInTurn } from './run-process.js'
import { BARE_NODE } from './size.js'

/** Questions that a process which stays is asked, for each cold one. */
const WARM_PER_COLD = 10

/**
 * Cold: `samples` processes, in turn with bare Node, each with another question (`coldArgs` of it); a process that fails fails
 * all. Warm: ten times as many in one process, whose answers `check` may refuse by throwing: it is given
 * the questions and the answers.
 * @returns {Promise<{ node: number[], cold: number[], warm: number[], warmPeakBytes: number | null }>} seconds
 */
export async function askColdAndWarm(size, { file, coldArgs, request, check }) {
  const { samples } = size.options
  const questions = await size.truth.questions(samples * WARM_PER_COLD)
  const step = Math.max(1, Math.floor(questions.length / samples))
  const cold = questions.filter((_, index) => index % step === 0).slice(0, samples)
  const { node, asked } = await sampleInTurn(
    { node: BARE_NODE, asked: (sample) => size.args(...coldArgs(cold[sample % cold.length])) },
    samples,
  )
  const { seconds, answers, peakBytes } = await size.warm(file, questions.map(request))
  await check(questions, answers)
  return { node, cold: asked, warm: seconds, warmPeakBytes: peakBytes }
}

/** The rows of such a measure. */
export const askedRows = (name, label, aim) => [
  { id: `${name}-cold`, label: `${label}, cold, p50`, unit: 's', of: (f) => f.p50('cold'), grows: true },
  { id: `${name}-cold-p95`, label: '  cold, p95', unit: 's', of: (f) => f.p95('cold') },
  {
    id: `${name}-ratio`,
    label: '  cold / bare node',
    unit: 'x',
    of: (f) => f.ratio(f.p50('cold'), f.p50('node')),
    aim,
  },
  {
    id: `${name}-slowdown`,
    label: '  cold / smallest size',
    unit: 'x',
    of: (f) => f.ratio(f.p50('cold'), f.smallest.p50('cold')),
    aim: '<= 1.5',
  },
  { id: `${name}-warm`, label: '  warm, p50', unit: 's', of: (f) => f.p50('warm') },
  { id: `${name}-warm-p95`, label: '  warm, p95', unit: 's', of: (f) => f.p95('warm') },
  { id: `${name}-warm-peak`, label: '  peak memory, warm', unit: 'bytes', of: (f) => f.middle('warmPeakBytes') },
]
