/** Measures one size once: its catalogue made in a folder of its own, everything that was asked for measured on it, in order. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { fileURLToPath } from 'node:url'
import { MEASURES } from '../measures.js'
import { sizeText } from '../report/text-table.js'
import { Size } from './size.js'

const MANIFEST = fileURLToPath(new URL('../../oclif.manifest.json', import.meta.url))

/** The measures asked for with all that they need, in order. */
export function withNeeds(names) {
  const wanted = new Set()
  const want = (name) => {
    if (wanted.has(name)) return
    wanted.add(name)
    for (const needed of MEASURES.find((one) => one.name === name)?.needs ?? []) want(needed)
  }
  for (const name of names) want(name)
  return MEASURES.filter(({ name }) => wanted.has(name))
}

/** Whether others need it: then it is done whatever it takes. */
const isNeeded = ({ name }) => MEASURES.some(({ needs }) => needs?.includes(name))

/** Why a measure is left out at a size, in words; null when it is not. */
function leftOut(measure, tracks, { took, budget, commands }) {
  if (measure.command !== undefined && !commands.has(measure.command)) return 'not in this version'
  const [before, seconds] = took.get(measure.name) ?? []
  if (seconds === undefined || isNeeded(measure)) return null
  const minutes = (seconds * (measure.isFlat ? 1 : tracks / before)) / 60
  // Half of the difference between sizes is the start of processes, so small ones foretell nothing.
  return minutes <= budget ? null : `would take some ${Math.round(minutes)} minutes`
}

/** The commands that the built program has. */
export const builtCommands = () => new Set(Object.keys(JSON.parse(readFileSync(MANIFEST, 'utf8')).commands))

/** In a folder that is kept: what `synth` said of a size that is there whole. */
const KEPT = 'kept.json'

/**
 * @param {number} tracks
 * @param {string} folder empty, or a size that was kept: then what others need is there, and not done again
 * @param {object} options as parsed, with `took`: measure → tracks and seconds of the size before, which is brought up to
 *   date, and `commands`
 * @returns {Promise<{ runs: Record<string, object>, leftOut: Record<string, string> }>}
 */
export async function measureOnce(tracks, folder, options) {
  const size = new Size(tracks, folder, options)
  const kept = join(folder, KEPT)
  const isKept = existsSync(kept)
  if (isKept) size.made = JSON.parse(readFileSync(kept, 'utf8'))
  const [runs, notes] = [{}, {}]
  for (const measure of withNeeds(options.only)) {
    const reason = leftOut(measure, tracks, options)
    if (reason !== null) notes[measure.name] = reason
    if (reason !== null || (isKept && isNeeded(measure))) continue
    const began = performance.now()
    const figures = await measure.measure(size)
    const seconds = (performance.now() - began) / 1000
    console.error(`${sizeText(tracks)} tracks: ${measure.name} (${seconds.toFixed(1)} s)`)
    options.took.set(measure.name, [tracks, seconds])
    if (options.only.has(measure.name)) runs[measure.name] = figures
  }
  if (options.keep !== undefined && !isKept) writeFileSync(kept, JSON.stringify(size.made))
  return { runs, leftOut: notes }
}
