/** A replayed session, as JSON and for people. */
import type { Output } from '../output.js'
import type { Replayed } from '../replay.js'
import { commandText } from './explore-views.js'

export interface ReplayDocument {
  kind: 'recital.replay'
  version: 1
  file: string
  steps: {
    line: number
    command: string
    exitCode: number
    /** The document of the command, or of its failure; null in print. */
    document: unknown
    /** What it printed; empty with --json. */
    output: string
  }[]
}

export const replayDocument = (file: string, steps: readonly Replayed[], isJson: boolean): ReplayDocument => ({
  kind: 'recital.replay',
  version: 1,
  file,
  steps: steps.map(({ line, words, exitCode, stdout, stderr }) => ({
    line,
    command: commandText(['recital', ...words]),
    exitCode,
    document: isJson ? JSON.parse(stdout) : null,
    output: isJson ? '' : exitCode === 0 ? stdout : stdout + stderr,
  })),
})

export function printReplay({ steps }: ReplayDocument, out: Output): void {
  steps.forEach(({ command, output }, index) => {
    if (index > 0) out.line()
    out.heading(`$ ${command}`)
    // Made safe by the command that printed it.
    out.raw(output)
  })
  if (steps.length === 0) out.line('The file holds no command.')
}
