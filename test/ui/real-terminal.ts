/** A terminal as people have it, with a shell in it: tmux keeps the screen, and tells what is on it. */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { onTestFinished } from 'vitest'
import { PROJECT } from '../support/cli.js'

export const hasTmux = spawnSync('tmux', ['-V']).status === 0

const WITHIN_MS = 60_000
const EVERY_MS = 100

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

export class RealTerminal {
  static #count = 0
  readonly #socket: string

  private constructor(readonly folder: string) {
    RealTerminal.#count += 1
    this.#socket = `recital-test-${process.pid}-${RealTerminal.#count}`
  }

  /** A shell in a folder; `recital` is a word in it. Gone when the test ends. */
  static async open(
    folder: string,
    { columns = 100, rows = 30 }: { readonly columns?: number; readonly rows?: number } = {},
  ): Promise<RealTerminal> {
    const real = new RealTerminal(folder)
    const { PATH = '', HOME = '' } = process.env
    const all = { TERM: 'screen', PATH, HOME, LANG: 'C.UTF-8', PS1: '$ ', ENV: '', RECITAL_WORKSPACE: folder }
    const words = Object.entries(all).map(([name, value]) => `${name}='${value}'`)
    const session = ['new-session', '-d', '-s', 'test', '-x', String(columns), '-y', String(rows), '-c', folder]
    real.#tmux('-f', '/dev/null', ...session, `env -i ${words.join(' ')} sh`)
    onTestFinished(() => void spawnSync('tmux', ['-L', real.#socket, 'kill-server']))
    await real.prompt()
    real.line(`recital() { '${process.execPath}' '${path.join(PROJECT, 'bin/run.js')}' "$@"; }`)
    await real.prompt()
    return real
  }

  #tmux(...words: string[]): string {
    const { status, stdout, stderr } = spawnSync('tmux', ['-L', this.#socket, ...words], { encoding: 'utf8' })
    if (status !== 0) throw new Error(`tmux ${words.join(' ')}: ${stderr}`)
    return stdout
  }

  /** Presses keys, in the names of tmux: `Left`, `Escape`, `C-c`. */
  press(...keys: string[]): void {
    this.#tmux('send-keys', '-t', 'test', ...keys)
  }

  /** Types a text as it is. */
  type(text: string): void {
    this.#tmux('send-keys', '-t', 'test', '-l', '--', text)
  }

  line(text: string): void {
    this.type(text)
    this.press('Enter')
  }

  resize(columns: number, rows: number): void {
    this.#tmux('resize-window', '-t', 'test', '-x', String(columns), '-y', String(rows))
  }

  screen(): string {
    return this.#tmux('capture-pane', '-p', '-t', 'test')
  }

  /** What tmux knows of the terminal: whether the other screen is on, whether the cursor is shown. */
  state(): { isOtherScreen: boolean; isCursorShown: boolean } {
    const [other, cursor] = this.#tmux('display-message', '-p', '-t', 'test', '#{alternate_on} #{cursor_flag}')
      .trim()
      .split(' ')
    return { isOtherScreen: other === '1', isCursorShown: cursor === '1' }
  }

  /** Waits until the screen holds the text, or what matches; returns it. */
  shows(wanted: string | RegExp): Promise<string> {
    const holds = (screen: string) => (typeof wanted === 'string' ? screen.includes(wanted) : wanted.test(screen))
    return this.#until(holds, `never showed ${wanted}`)
  }

  /** Waits until the shell asks for a command, on its own screen; returns what is on it. */
  prompt(): Promise<string> {
    const isAsking = (screen: string) => screen.trimEnd().split('\n').at(-1) === '$' && !this.state().isOtherScreen
    return this.#until(isAsking, 'the shell did not come back')
  }

  async #until(holds: (screen: string) => boolean, otherwise: string): Promise<string> {
    for (let waited = 0; waited < WITHIN_MS; waited += EVERY_MS) {
      const screen = this.screen()
      if (holds(screen)) return screen
      await pause(EVERY_MS)
    }
    throw new Error(`${otherwise}:\n${this.screen().trimEnd()}`)
  }

  /** Runs a command of the shell and returns what it wrote, by way of a file. */
  async output(command: string): Promise<string> {
    this.line(`${command} > output.txt 2>&1; clear`)
    await this.#until((screen) => screen.trim() === '$', 'the shell did not come back')
    return readFileSync(path.join(this.folder, 'output.txt'), 'utf8')
  }
}
