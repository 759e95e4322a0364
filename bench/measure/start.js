/** Cold processes: what starting costs, and what a look-up in a catalogue of a size costs. */
import { join } from 'node:path'
import { ingestDelivery } from './ingest.js'
import { sampleInTurn } from './run-process.js'

/** The least that a Node program takes. */
const BARE_NODE = () => ['-e', '0']

/** Seconds of bare Node, `--help` and `--version`, `samples` each. */
export function measureStart(program, samples) {
  return sampleInTurn(
    { node: BARE_NODE, help: () => [program, '--help'], version: () => [program, '--version'] },
    samples,
  )
}

/**
 * Seconds of bare Node and of `lookup` of another ISRC each time, `samples` each, in a workspace that holds both
 * deliveries. A look-up that finds nothing fails, and so does this.
 */
export async function measureLookup(catalogue, samples) {
  const workspace = join(catalogue.folder, 'looked-up')
  await ingestDelivery(catalogue, 'first', workspace)
  await ingestDelivery(catalogue, 'second', workspace)
  const { program, isrcs } = catalogue
  const lookup = (sample) => [program, 'lookup', isrcs[sample % isrcs.length], '--workspace', workspace]
  return sampleInTurn({ node: BARE_NODE, lookup }, samples)
}
