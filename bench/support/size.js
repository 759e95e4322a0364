/** One size that is being measured: its folder, what was made in it, and how to run the program on it. */
import { readdirSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runNode } from './run-process.js'
import { Truth } from './truth.js'

const project = fileURLToPath(new URL('../..', import.meta.url))
const PROGRAM = join(project, 'bin/run.js')
const FLOOR = join(project, 'bench/floor.js')
const WARM = join(project, 'bench/warm.js')

/** The least that a Node program takes. */
export const BARE_NODE = () => ['-e', '0']

/** Arguments of Node for a command of the program. */
export const command = (...args) => [PROGRAM, ...args]

/** Bytes of a file, or of all files below a folder. */
export function bytesOf(path) {
  const found = statSync(path)
  if (!found.isDirectory()) return found.size
  return readdirSync(path).reduce((sum, name) => sum + bytesOf(join(path, name)), 0)
}

export class Size {
  /**
   * @param {number} tracks
   * @param {string} folder an empty folder of its own
   * @param {{ snapshots: number, providers: number, seed: number, samples: number }} options
   */
  constructor(tracks, folder, options) {
    this.tracks = tracks
    this.folder = folder
    this.options = options
    this.catalogue = join(folder, 'catalogue')
    this.workspace = join(folder, 'workspace')
    /** What `synth` said that it wrote; null before. */
    this.made = null
    this.truth = new Truth(this.catalogue)
  }

  /** Deliveries (as `synth` lists them, in order of receipt), with their round from 1 and their folder. */
  deliveries() {
    return this.made.deliveries.map((one) => ({
      ...one,
      round: Number(basename(one.folder).split('-')[0]),
      path: join(this.catalogue, one.folder),
    }))
  }

  /** Runs a command on the size's workspace. */
  run(name, ...args) {
    return runNode(this.args(name, ...args))
  }

  /** Arguments of Node for a command on the size's workspace. */
  args(name, ...args) {
    return command(name, ...args, '--workspace', this.workspace, '--quiet')
  }

  /** Runs one of the yardsticks of floor.js. */
  floor(kind, ...args) {
    return runNode([FLOOR, kind, ...args])
  }

  /**
   * Asks, in one process that stays, what a measure's file answers (its `asker`); see warm.js. Returns seconds and answers,
   * one for each request.
   * @param {string} file the measure's `import.meta.url`
   */
  async warm(file, requests) {
    const ended = await runNode([WARM, fileURLToPath(file), this.workspace], { stdin: JSON.stringify(requests) })
    return { ...JSON.parse(ended.stdout), peakBytes: ended.peakBytes }
  }
}
