/** The pages of the documentation, and the examples in them: fenced `console` blocks of commands with what they print. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const project = fileURLToPath(new URL('../..', import.meta.url))

export interface Page {
  /** Path from the project's folder, forward slashes. */
  readonly path: string
  readonly text: string
}

export const readPage = (path: string): Page => ({ path, text: readFileSync(join(project, path), 'utf8') })

/** README, changelog and everything in docs/, by path. */
export function pages(): Page[] {
  const inDocs = readdirSync(join(project, 'docs'), { recursive: true })
    .map((name) => `docs/${String(name).replaceAll('\\', '/')}`)
    .filter((path) => path.endsWith('.md'))
  return ['CHANGELOG.md', 'README.md', ...inDocs].sort().map(readPage)
}

/** One command of an example. */
export interface Step {
  /** Line of the command in its page, from 1. */
  readonly line: number
  readonly command: string
  /** What the page shows of its output, line by line. */
  readonly shown: readonly string[]
}

/** The steps of all `console` blocks of a page, in order. */
export function examplesOf({ path, text }: Page): Step[] {
  const steps: { line: number; command: string; shown: string[] }[] = []
  let isInside = false
  for (const [index, line] of text.split('\n').entries()) {
    if (!isInside) isInside = line === '```console'
    else if (line === '```') isInside = false
    else if (line.startsWith('$ ')) steps.push({ line: index + 1, command: line.slice(2), shown: [] })
    else {
      const step = steps.at(-1)
      if (step === undefined) throw new Error(`${path}:${index + 1}: output without a command`)
      step.shown.push(line.trimEnd())
    }
  }
  return steps
}

/** The arguments of a command line as a shell would cut them; only plain words and double quotes are understood. */
export function wordsOf(command: string): string[] {
  if (/[|;&<>$`'\\]/.test(command)) throw new Error(`an example must be a plain command: ${command}`)
  return [...command.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '')
}

const CUT = '…'

/** Whether a printed line is the one shown, where `…` stands for any text. */
export function isLine(shown: string, printed: string): boolean {
  const parts = shown.split(CUT).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${parts.join('.*')}$`, 'su').test(printed)
}

/** Whether the printed lines are those shown, where a line `…` stands for any number of lines. */
export function isShown(shown: readonly string[], printed: readonly string[]): boolean {
  const [first, ...rest] = shown
  if (first === undefined) return printed.length === 0
  if (first !== CUT) return printed.length > 0 && isLine(first, printed[0] ?? '') && isShown(rest, printed.slice(1))
  return printed.some((_, skipped) => isShown(rest, printed.slice(skipped))) || isShown(rest, [])
}
