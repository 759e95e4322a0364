#!/usr/bin/env node
/**
 * The screens of `explore` and `timeline`, measured in a pseudo-terminal of 300 by 80: from the start of the process to its
 * first frame, beside a bare node in the same pseudo-terminal, in turn; from a key to the frame that it changes, on the clock
 * and in processor time of the thread that draws.
 *   node bench/search/frames.js FOLDER QUERY RECORDING [--samples 9] [--program bin/run.js]
 * FOLDER has a workspace with an index; QUERY finds several things; RECORDING is known on several days; another build can be
 * named as the program, to compare.
 */
import { loadavg } from 'node:os'
import { performance } from 'node:perf_hooks'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { hasPseudoTerminals, Program } from './pseudo-terminal.js'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { samples: { type: 'string' }, program: { type: 'string' } },
})
const [cwd, query, recording] = positionals
const samples = Number(values.samples ?? 9)
if (recording === undefined || !Number.isSafeInteger(samples) || samples < 1) {
  console.error('usage: node bench/search/frames.js FOLDER QUERY RECORDING [--samples 9] [--program bin/run.js]')
  process.exit(2)
}
if (!hasPseudoTerminals) {
  console.error('error: this needs Linux and `script` of util-linux')
  process.exit(1)
}

const { NODE_EXTRA_CA_CERTS, CI, ...env } = process.env
const binary = values.program ?? fileURLToPath(new URL('../../bin/run.js', import.meta.url))
const start = (...words) => new Program([process.execPath, ...words], { cwd, env })
const recital = (...words) => start(binary, ...words)

const median = (times) => [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0
const told = (name, times) =>
  console.log(
    `${name.padEnd(38)} median ${median(times).toFixed(0).padStart(5)} ms  least ${Math.min(...times)
      .toFixed(0)
      .padStart(5)}  most ${Math.max(...times)
      .toFixed(0)
      .padStart(5)}`,
  )

const bare = () => start('-e', '0').end()

/**
 * Milliseconds to the first frame that holds what is wanted, of the processor until then, and to the frame of a key that was
 * pressed as soon as it was there: what hears keys is loaded behind the first frame.
 */
async function opened({ words, frame, key, heard }) {
  const program = recital(...words)
  const first = (await program.frame(frame)) - program.begun
  const cpu = program.cpu()
  program.type(key)
  const answered = (await program.frame(heard)) - program.begun
  await program.leave('\u0003')
  return { first, cpu, answered }
}

/** What each key took until the frame that shows it, once what was asked ahead is there: on the clock, and of the processor. */
async function pressed({ words, shown, keys, frame }) {
  const program = recital(...words)
  await program.frame(shown)
  const times = []
  for (const key of keys) {
    await program.quiet()
    const [begun, cpu] = [performance.now(), program.cpu()]
    program.type(key)
    times.push([(await program.frame(frame)) - begun, program.cpu() - cpu])
  }
  await program.leave('\u0003')
  return times
}

const SCREENS = {
  'explore, first frame': { words: ['explore'], frame: /Search: _/, key: 'n', heard: /Search: n_/ },
  'explore, a question answered': { words: ['explore', query], frame: / of \d+/, key: 'j', heard: /2 of \d+/ },
  'timeline, first frame': { words: ['timeline', recording], frame: /Mechanical/, key: '?', heard: /close/ },
}

console.log(`load before ${loadavg()[0]?.toFixed(1)}`)
const bares = []
const opens = Object.fromEntries(Object.keys(SCREENS).map((name) => [name, []]))
for (let round = 0; round < samples; round += 1) {
  bares.push(await bare())
  for (const [name, screen] of Object.entries(SCREENS)) opens[name].push(await opened(screen))
}
told('bare node', bares)
for (const [name, times] of Object.entries(opens)) {
  const of = (which) => times.map((one) => one[which])
  told(name, of('first'))
  told('  processor time', of('cpu'))
  told('  the frame of a key pressed then', of('answered'))
  const ratio = (which) => (median(of(which)) / median(bares)).toFixed(1)
  console.log(`  / bare node                            ${ratio('first')} x; with the key ${ratio('answered')} x`)
}

const times = (count, ...keys) => Array.from({ length: count }, () => keys).flat()
const [hits, lanes] = [/ of \d+/, /Mechanical/]
/** The date of knowledge with nothing after it: while another is worked out, that is told beside it. */
const settled = /as known on \d{4}-\d\d-\d\d {2}/
const KEYS = {
  'explore, to the next hit': { words: ['explore', query], shown: hits, keys: times(samples * 2, 'j') },
  'explore, a letter of a question': { words: ['explore'], shown: /Search: _/, keys: times(samples, 'n', '\u007f') },
  'timeline, to the next event': {
    words: ['timeline', recording],
    shown: lanes,
    keys: times(samples, '\u001b[C', '\u001b[D'),
  },
  'timeline, knowledge, worked out ahead': {
    ...{ words: ['timeline', recording], shown: lanes, keys: times(samples, '[', ']'), frame: settled },
  },
}
for (const [name, keys] of Object.entries(KEYS)) {
  const taken = await pressed(keys)
  told(
    name,
    taken.map(([clock]) => clock),
  )
  told(
    '  processor time',
    taken.map(([, cpu]) => cpu),
  )
}
const far = []
for (let round = 0; round < samples; round += 1)
  far.push(...(await pressed({ words: ['timeline', recording], shown: lanes, keys: ['{'], frame: settled })))
told(
  'timeline, knowledge, worked out then',
  far.map(([clock]) => clock),
)
told(
  '  processor time',
  far.map(([, cpu]) => cpu),
)
console.log(`load after ${loadavg()[0]?.toFixed(1)}`)
