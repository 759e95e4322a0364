/** A command line of a session as words: the inverse of `shellWord`, and what people write by hand. */
import { UsageError } from '../../errors.js'

const WORD = /\s*((?:[^\s'"\\]+|'[^']*'|"(?:[^"\\]|\\.)*"|\\.)+)/gy
const PART = /'([^']*)'|"((?:[^"\\]|\\.)*)"|\\(.)|([^\s'"\\]+)/g

/** Signs that mean more than themselves to a shell. This is none. */
const SHELL = /^[|&;<>]|^\$\(|^`/

/** Words of one line. Throws UsageError `replay-line` for a quote that is not closed and for more than one plain command. */
export function commandWords(line: string, place: string): string[] {
  const words: string[] = []
  let at = 0
  const text = line.trimEnd()
  while (at < text.length) {
    WORD.lastIndex = at
    const [, whole] = WORD.exec(text) ?? []
    if (whole === undefined || SHELL.test(whole)) {
      throw new UsageError(`${place} is not one plain command.`, {
        code: 'replay-line',
        excerpt: line,
        suggestions: ['Write one command with its words on a line, e.g. recital lookup W1'],
      })
    }
    words.push(
      whole.replace(
        PART,
        (_, single?: string, double?: string, escaped?: string, plain?: string) =>
          single ?? (double === undefined ? (escaped ?? plain ?? '') : double.replace(/\\(["\\$`])/g, '$1')),
      ),
    )
    at = WORD.lastIndex
  }
  return words
}
