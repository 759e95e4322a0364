/** The command lines that print what a screen or a report shows. */

/** What was asked besides territory and date of knowledge. */
export interface TimelineAsked {
  readonly recording: string
  readonly right?: string | undefined
  readonly from?: string | undefined
  readonly to?: string | undefined
  readonly theory?: string | undefined
}

export interface TimelineQuestion {
  readonly known: string
  readonly territory: string
}

/** Words of the `recital timeline` that prints the same. */
export function timelineCommand(asked: TimelineAsked, { known, territory }: TimelineQuestion): string[] {
  const { recording, right, from, to, theory } = asked
  return [
    ...['recital', 'timeline', recording, '--territory', territory],
    ...(right === undefined || right === 'all' ? [] : ['--right', right]),
    ...['--known', known],
    ...(from === undefined ? [] : ['--from', from]),
    ...(to === undefined ? [] : ['--to', to]),
    ...(theory === undefined ? [] : ['--theory', theory]),
  ]
}

/** Words of the `recital licensed` that tells the parties behind one day. */
export function licensedCommand(
  { recording, theory }: TimelineAsked,
  { known, territory }: TimelineQuestion,
  { on, right }: { readonly on: string; readonly right: string },
): string[] {
  return [
    ...['recital', 'licensed', recording, '--on', on, '--territory', territory, '--right', right, '--known', known],
    ...(theory === undefined ? [] : ['--theory', theory]),
  ]
}

/** A word as a POSIX shell reads it back. */
export const shellWord = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`
