/** What the benchmark is told on its command line. */
import { parseArgs } from 'node:util'
import { MEASURES } from './measures.js'

const NAMES = MEASURES.map(({ name }) => name)
/** Stories take some 60 tracks, and a size must leave room for everything else. */
const FEWEST_TRACKS = 1000
const MOST_TRACKS = 2e8

export const USAGE = `usage: npm run bench -- [--tracks 1e4,1e5,1e6,1e7] [--only ${NAMES.join(',')}] [--out FOLDER]
  --tracks N,N    sizes of the catalogue, ${FEWEST_TRACKS} to 2e8 tracks; default 1e4,1e5
  --only A,B      show these only; what they need is done, but not shown
  --out FOLDER    write results.json and growth.svg there; without it nothing is written
  --repeats N     do all of a size so often and take medians; default 1
  --samples N     cold starts and questions; default 15
  --budget MIN    leave out what is likely to take more minutes at a size, judged by the size before; default 5
  --snapshots K   deliveries of each provider, 2 or more; default 2
  --providers P   4 to 12; default 6
  --seed S        of the catalogue; default 1
  --temp FOLDER   make the temporary folders here, on the disk to be measured; default the system's
  --keep FOLDER   keep each size's catalogue and workspace below it; a size that is kept is not made again, only asked`

/** A fault of the caller, not of the benchmark. */
export class UsageFault extends Error {}

/** `1e4` as well as `10000`. */
function wholeNumber(name, text, least, most) {
  const number = /^\d+(e\d+)?$/.test(text) ? Number(text) : Number.NaN
  if (!Number.isSafeInteger(number) || number < least || number > most)
    throw new UsageFault(`--${name} must be a whole number from ${least} to ${most}: ${text}`)
  return number
}

function measureNamed(text) {
  if (!NAMES.includes(text)) throw new UsageFault(`--only knows ${NAMES.join(', ')}: ${text}`)
  return text
}

function parsed(argv) {
  const text = { type: 'string' }
  const names = [
    'tracks',
    'only',
    'out',
    'repeats',
    'samples',
    'budget',
    'snapshots',
    'providers',
    'seed',
    'temp',
    'keep',
  ]
  try {
    const options = { ...Object.fromEntries(names.map((name) => [name, text])), help: { type: 'boolean' } }
    return parseArgs({ args: argv, options }).values
  } catch (error) {
    throw new UsageFault(error.message)
  }
}

/** The options, checked; sizes in ascending order. Throws UsageFault. */
export function parseOptions(argv) {
  const values = parsed(argv)
  const number = (name, ordinary, least, most) => wholeNumber(name, values[name] ?? String(ordinary), least, most)
  const tracks = (values.tracks ?? '1e4,1e5')
    .split(',')
    .map((text) => wholeNumber('tracks', text, FEWEST_TRACKS, MOST_TRACKS))
  if (values.keep !== undefined && (values.temp !== undefined || (values.repeats ?? '1') !== '1'))
    throw new UsageFault('--keep has its own folder, and no repeats: leave out --temp and --repeats')
  return {
    help: values.help === true,
    sizes: [...new Set(tracks)].sort((a, b) => a - b),
    only: new Set(values.only === undefined ? NAMES : values.only.split(',').map(measureNamed)),
    out: values.out,
    temp: values.temp,
    keep: values.keep,
    repeats: number('repeats', 1, 1, 100),
    samples: number('samples', 15, 1, 50),
    budget: number('budget', 5, 1, 10_000),
    snapshots: number('snapshots', 2, 2, 60),
    providers: number('providers', 6, 4, 12),
    seed: number('seed', 1, 0, Number.MAX_SAFE_INTEGER),
  }
}
