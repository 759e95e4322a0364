/**
 * The rows of the table, each made from what was measured. `bySize`: one figure per size. A measurement that was not
 * asked for, or that the system does not give, is null: never 0.
 */
import { growthExponent, median, percentile } from '../measure/statistics.js'

/** Median of one figure of repeated runs; null when there are none or a run lacks it. */
function typical(runs, figure) {
  const numbers = (runs ?? []).map((run) => run[figure])
  return numbers.length === 0 || numbers.includes(null) ? null : median(numbers)
}

const ratio = (above, below) => (above === null || below === null ? null : above / below)
const times = (above, below) => (measured) => ratio(above(measured), below(measured))
const middle = (seconds) => (seconds === undefined ? null : median(seconds))

const figureOf = (figure) => (run) => (size) => typical(size.ingest?.[run], figure)
const [secondsOf, peakOf, diskOf] = ['seconds', 'peakBytes', 'diskBytes'].map(figureOf)
const [ctas, ingest, reingest, bounded] = ['ctas', 'ingest', 'reingest', 'bounded'].map(secondsOf)
const lookupOf = (command) => (size) => middle(size.lookup?.[command])
const lookup = lookupOf('lookup')

/** Growth from the next smaller size; null at the smallest. */
const growthOf = (figure) => (size, sizes) => {
  const before = sizes[sizes.indexOf(size) - 1]
  const [y1, y2] = [before === undefined ? null : figure(before), figure(size)]
  return before === undefined || y1 === null || y2 === null ? null : growthExponent([before.rows, y1], [size.rows, y2])
}

/** `aim` is what the design asks for: printed beside the figure, never enforced. */
const row = (id, label, unit, of, aim = null) => ({ id, label, unit, aim, of })

const INGEST = [
  row('csv-bytes', 'first delivery, CSV', 'bytes', (size) => size.csvBytes),
  row('ctas-seconds', 'bare read_csv CTAS', 's', ctas),
  row('ingest-seconds', 'ingest', 's', ingest),
  row('ingest-rate', 'rows ingested per second', '/s', (size) => ratio(size.rows, ingest(size))),
  row('ingest-ratio', 'ingest / bare CTAS', 'x', times(ingest, ctas), '<= 3'),
  row('reingest-seconds', 're-ingest, 1 % changed', 's', reingest),
  row('reingest-ratio', 're-ingest / ingest', 'x', times(reingest, ingest)),
  row('bounded-seconds', 'ingest --memory 1GB', 's', bounded),
  row('bounded-ratio', '--memory 1GB / unbounded', 'x', times(bounded, ingest)),
  row('ctas-growth', 'growth of bare CTAS', '^', growthOf(ctas)),
  row('ingest-growth', 'growth of ingest', '^', growthOf(ingest), '~ 1'),
  row('reingest-growth', 'growth of re-ingest', '^', growthOf(reingest), '~ 1'),
  row('ctas-peak', 'peak memory, bare CTAS', 'bytes', peakOf('ctas')),
  row('ingest-peak', 'peak memory, ingest', 'bytes', peakOf('ingest')),
  row('reingest-peak', 'peak memory, re-ingest', 'bytes', peakOf('reingest')),
  row('bounded-peak', 'peak memory, --memory 1GB', 'bytes', peakOf('bounded'), '<= 1 GB'),
  row('ctas-disk', 'on disk, bare CTAS', 'bytes', diskOf('ctas')),
  row('ingest-disk', 'on disk, after ingest', 'bytes', diskOf('ingest')),
  row('reingest-disk', 'on disk, after re-ingest', 'bytes', diskOf('reingest')),
]

const LOOKUP = [
  row('lookup-node', 'bare node, median', 's', lookupOf('node')),
  row('lookup-median', 'cold lookup, median', 's', lookup),
  row('lookup-p95', 'cold lookup, p95', 's', ({ lookup: all }) => (all === null ? null : percentile(all.lookup, 95))),
  row('lookup-ratio', 'lookup / bare node', 'x', times(lookup, lookupOf('node')), '<= 6'),
  row(
    'lookup-slowdown',
    'lookup / smallest size',
    'x',
    (size, [least]) => ratio(lookup(size), lookup(least)),
    '<= 1.5',
  ),
]

const startOf = (command) => (start) => middle(start[command])
const START = [
  row('start-node', 'bare node, median', 's', startOf('node')),
  row('help-seconds', '--help, median', 's', startOf('help')),
  row('help-ratio', '--help / bare node', 'x', times(startOf('help'), startOf('node')), '<= 3'),
  row('version-seconds', '--version, median', 's', startOf('version')),
  row('version-ratio', '--version / bare node', 'x', times(startOf('version'), startOf('node')), '<= 3'),
]

/**
 * The rows of what was measured: `bySize` with one value per size, keyed by its number of rows; `start` with one value,
 * whatever the size. `sizes`: ascending, each `{ rows, csvBytes, ingest, lookup }`; null what was not asked for.
 */
export function tableRows({ sizes, start }) {
  const has = (group) => sizes.some((size) => size[group] !== null)
  const rows = [...(has('ingest') ? INGEST : []), ...(has('lookup') ? LOOKUP : [])]
  return {
    bySize: rows.map(({ of, ...described }) => ({
      ...described,
      values: Object.fromEntries(sizes.map((size) => [size.rows, of(size, sizes)])),
    })),
    start: start === null ? [] : START.map(({ of, ...described }) => ({ ...described, value: of(start) })),
  }
}
