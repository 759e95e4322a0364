/** What starting the program costs, whatever the size of the catalogue. */
import { sampleInTurn } from '../support/run-process.js'
import { BARE_NODE, command } from '../support/size.js'

export const start = {
  name: 'start',
  /** Seconds of bare Node, `--help` and `--version`, in turn. */
  measure: ({ options }) =>
    sampleInTurn(
      { node: BARE_NODE, help: () => command('--help'), version: () => command('--version') },
      options.samples,
    ),
  rows: [
    { id: 'start-node', label: 'bare node', unit: 's', of: (f) => f.p50('node') },
    { id: 'start-help', label: '--help', unit: 's', of: (f) => f.p50('help') },
    {
      id: 'start-help-ratio',
      label: '--help / bare node',
      unit: 'x',
      of: (f) => f.ratio(f.p50('help'), f.p50('node')),
      aim: '<= 3',
    },
    {
      id: 'start-version-ratio',
      label: '--version / bare node',
      unit: 'x',
      of: (f) => f.ratio(f.p50('version'), f.p50('node')),
      aim: '<= 3',
    },
  ],
}
