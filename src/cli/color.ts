/** One decision about colour for each stream (no-color.org, force-color.org); chalk by itself ignores NO_COLOR. */
import { Chalk, type ChalkInstance } from 'chalk'
import type { Environment } from './system.js'

/** None, 16 colours, 256 colours, 16 million colours. */
export type ColorLevel = 0 | 1 | 2 | 3

/**
 * The colours that a stream gets: `--no-color` over FORCE_COLOR over NO_COLOR over `TERM=dumb` over being a terminal.
 * An empty variable counts as unset.
 */
export function colorLevel(stream: { readonly isTTY?: boolean }, env: Environment, noColor = false): ColorLevel {
  if (noColor) return 0
  if (env.FORCE_COLOR) return forcedLevel(env.FORCE_COLOR)
  if (env.NO_COLOR) return 0
  if (env.TERM === 'dumb' || stream.isTTY !== true) return 0
  return terminalLevel(env)
}

function forcedLevel(value: string): ColorLevel {
  if (value === '0' || value.toLowerCase() === 'false') return 0
  if (value === '2') return 2
  return value === '3' ? 3 : 1
}

function terminalLevel(env: Environment): ColorLevel {
  if (env.COLORTERM === 'truecolor' || env.COLORTERM === '24bit') return 3
  return env.TERM?.includes('256') === true ? 2 : 1
}

/** The colours for a stream of that level; at level 0 every style leaves the text as it is. */
export function colorsOf(level: ColorLevel): ChalkInstance {
  return new Chalk({ level })
}
