/** Reader of CISAC CWR 2.1 and 2.2: registrations, acknowledgements, ISWC notices and agreements. */
import type { RecordSink } from '../reader.js'
import { LineCutter } from './lines.js'
import { type CwrResult, Reading } from './reading.js'

export { looksLikeCwr } from './detect.js'
export type { CwrResult } from './reading.js'

/**
 * Reads one CWR file as a stream and gives its rows to the sink: `works`, `parties`, `shares`, `recordings` and `links`
 * per registration (unit: the submitter work number), `works` per ISWC notice, `acknowledgements` and `agreements`.
 * Every physical line is tallied once. Shares are percent of the whole work. Holds one transaction at most.
 * Throws InputError `cwr-3` for a file of CWR 3.x. Rules: CISAC CWR 2.1 and 2.2 record layouts.
 */
export const readCwr = async (
  input: { name: string; chunks: AsyncIterable<Buffer> },
  sink: RecordSink,
): Promise<CwrResult> => {
  const cutter = new LineCutter()
  const reading = new Reading(input.name, sink)
  for await (const chunk of input.chunks) {
    for (const line of cutter.push(chunk)) reading.accept(line)
  }
  for (const line of cutter.end()) reading.accept(line)
  return reading.end()
}
