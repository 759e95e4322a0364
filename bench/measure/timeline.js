/** The degree of licensing of a recording through time, printed as text by cold processes. */
import { runNode, sampleInTurn } from '../support/run-process.js'
import { BARE_NODE } from '../support/size.js'

export const timeline = {
  name: 'timeline',
  isFlat: true,
  command: 'timeline',
  needs: ['next'],
  async measure(size) {
    const { samples } = size.options
    const questions = await size.truth.questions(samples)
    const args = ({ isrc, territory }) => size.args('timeline', isrc, '--territory', territory, '--no-input')
    const { stdout } = await runNode(args(questions[0]))
    const lanes = ['Mechanical right', 'Performing right', 'Master'].filter((lane) => stdout.includes(lane))
    if (lanes.length < 3) throw new Error(`lanes of three rights were asked for, but: ${stdout.slice(0, 200)}`)
    return sampleInTurn({ node: BARE_NODE, cold: (sample) => args(questions[sample % questions.length]) }, samples)
  },
  rows: [
    { id: 'timeline-cold', label: 'timeline, cold, p50', unit: 's', of: (f) => f.p50('cold'), grows: true },
    { id: 'timeline-cold-p95', label: '  cold, p95', unit: 's', of: (f) => f.p95('cold') },
    { id: 'timeline-ratio', label: '  cold / bare node', unit: 'x', of: (f) => f.ratio(f.p50('cold'), f.p50('node')) },
    {
      id: 'timeline-slowdown',
      label: '  cold / smallest size',
      unit: 'x',
      of: (f) => f.ratio(f.p50('cold'), f.smallest.p50('cold')),
    },
  ],
}
