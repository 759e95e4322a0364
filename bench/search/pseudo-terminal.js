/**
 * A program in a pseudo-terminal whose output is read as it comes (`script` of util-linux): for times that no polling of a
 * screen is part of. Linux only, as processor times come from /proc.
 */
import { spawn, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { performance } from 'node:perf_hooks'

/** What ends every frame (src/ui/canvas.ts). */
const FRAME_END = '\u001b[?2026l'
const WITHIN_MS = 30_000

export const hasPseudoTerminals =
  process.platform === 'linux' && spawnSync('script', ['--version'], { stdio: 'ignore' }).status === 0

const quoted = (word) => `'${word.replaceAll("'", "'\\''")}'`

export class Program {
  #output = ''
  #child
  #waiting = () => undefined
  /** When the program was started, and when it last wrote. */
  begun = performance.now()
  #wrote = this.begun
  #ended

  constructor(words, { cwd, env, columns = 300, rows = 80 }) {
    const command = `stty cols ${columns} rows ${rows}; exec ${words.map(quoted).join(' ')}`
    this.#child = spawn('script', ['-qefc', command, '/dev/null'], {
      cwd,
      env: { ...env, SHELL: '/bin/sh', TERM: 'xterm-256color', LANG: 'C.UTF-8' },
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    this.#child.stdout.setEncoding('utf8').on('data', (text) => {
      this.#output += text
      this.#wrote = performance.now()
      this.#waiting()
    })
    this.#ended = new Promise((resolve) => this.#child.on('close', resolve))
  }

  /** Milliseconds of the processor that the first thread of the program, which draws, has taken so far. */
  cpu() {
    const [pid] = readFileSync(`/proc/${this.#child.pid}/task/${this.#child.pid}/children`, 'utf8').split(' ')
    return Number(readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ')[0]) / 1e6
  }

  /** Presses keys; what is waited for afterwards comes after them. */
  type(text) {
    this.#output = ''
    this.#child.stdin.write(text)
  }

  /** Waits for a whole frame that holds what is wanted; returns when it came (performance.now). */
  frame(wanted = /(?:)/) {
    const isThere = () => {
      const end = this.#output.lastIndexOf(FRAME_END)
      return end >= 0 && wanted.test(this.#output.slice(0, end))
    }
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiting = () => undefined
        reject(new Error(`never showed ${wanted}: ${JSON.stringify(this.#output.slice(-500))}`))
      }, WITHIN_MS)
      this.#waiting = () => {
        if (!isThere()) return
        clearTimeout(timer)
        this.#waiting = () => undefined
        resolve(this.#wrote)
      }
      this.#waiting()
    })
  }

  /** Waits until nothing was written for a while: what was asked ahead has been answered. */
  async quiet(ms = 150) {
    while (performance.now() - this.#wrote < ms) await new Promise((resolve) => setTimeout(resolve, ms / 3))
  }

  /** Ends the program by a key and waits until it has. */
  async leave(keys) {
    this.#child.stdin.write(keys)
    await this.#ended
    this.#child.stdin.destroy()
  }

  /** Waits until the program has ended by itself; returns the time since its start. */
  async end() {
    await this.#ended
    this.#child.stdin.destroy()
    return performance.now() - this.begun
  }
}
