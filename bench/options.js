/** What the benchmark is told on its command line. */
import { parseArgs } from 'node:util'
import { planOf } from './catalogue/sizes.js'

export const GROUPS = ['ingest', 'lookup', 'start']

export const USAGE = `usage: npm run bench -- [--rows 1e4,1e5,1e6,1e7] [--only ${GROUPS.join(',')}] [--out FOLDER]
  --rows N,N      sizes: rows of all tables together, multiples of 1000, at most 1e9; default 1e4,1e5
  --only A,B      measure these only
  --out FOLDER    write results.json and growth.svg there; without it nothing is written
  --repeats N     ingests of each size; default 3, and 1 from 1e7 rows
  --samples N     cold starts and look-ups; default 15
  --temp FOLDER   make the temporary folder here, on the disk to be measured; default the system's
  --program FILE  the program to measure; default bin/run.js of this checkout`

/** A fault of the caller, not of the benchmark. */
export class UsageFault extends Error {}

function wholeNumber(text, name) {
  const number = Number(text)
  if (!Number.isSafeInteger(number) || number < 1) throw new UsageFault(`--${name} must be a number from 1: ${text}`)
  return number
}

function sizeOf(text) {
  const rows = wholeNumber(text, 'rows')
  try {
    planOf(rows)
  } catch (error) {
    throw new UsageFault(error.message)
  }
  return rows
}

function groupOf(text) {
  if (!GROUPS.includes(text)) throw new UsageFault(`--only knows ${GROUPS.join(', ')}: ${text}`)
  return text
}

/** The options, checked; sizes in ascending order. Throws UsageFault. */
export function parseOptions(argv) {
  const text = { type: 'string' }
  const names = { rows: text, only: text, out: text, repeats: text, samples: text, temp: text, program: text }
  let values
  try {
    values = parseArgs({ args: argv, options: { ...names, help: { type: 'boolean' } } }).values
  } catch (error) {
    throw new UsageFault(error.message)
  }
  const sizes = (values.rows ?? '1e4,1e5').split(',').map(sizeOf)
  return {
    help: values.help === true,
    sizes: [...new Set(sizes)].sort((a, b) => a - b),
    only: new Set(values.only === undefined ? GROUPS : values.only.split(',').map(groupOf)),
    out: values.out,
    repeats: values.repeats === undefined ? undefined : wholeNumber(values.repeats, 'repeats'),
    samples: wholeNumber(values.samples ?? '15', 'samples'),
    temp: values.temp,
    program: values.program,
  }
}
