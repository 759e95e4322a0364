/** The views of the investigation: what can be looked at of one thing, and the command that prints the same. */
import { shellWord } from './timeline-command.js'

export type SubjectKind = 'recording' | 'work' | 'party'

/** Where, when, and as known on which date a recording is looked at. */
export interface Circumstances {
  readonly territory: string
  readonly on: string
  readonly known: string
}

export type ViewName = 'summary' | 'timeline' | 'claims' | 'related' | 'conflicts' | 'history' | 'sources' | 'notes'

export const VIEW_TITLES: Readonly<Record<ViewName, string>> = {
  summary: 'Summary',
  timeline: 'Timeline',
  claims: 'Claims',
  related: 'Related',
  conflicts: 'Conflicts',
  history: 'History',
  sources: 'Sources',
  notes: 'Notes',
}

/** The views of a kind of thing, in the order of their tabs. Works and parties have no degree of licensing. */
export const viewsOf = (kind: SubjectKind): readonly ViewName[] =>
  kind === 'recording'
    ? ['summary', 'timeline', 'claims', 'related', 'conflicts', 'history', 'sources', 'notes']
    : ['claims', 'related', 'conflicts', 'history', 'sources', 'notes']

/** Words of the command that prints the same facts as a view. */
export function viewCommand(
  kind: SubjectKind,
  id: string,
  view: ViewName,
  { territory, on, known }: Circumstances,
): string[] {
  const licensed = ['recital', 'licensed', id, '--on', on, '--territory', territory]
  switch (view) {
    case 'summary':
      return [...licensed, '--known', known]
    case 'timeline':
      return ['recital', 'timeline', id, '--territory', territory, '--known', known, '--no-input']
    case 'history':
      return kind === 'recording' ? [...licensed, '--known-curve'] : ['recital', 'lookup', id, '--history']
    case 'conflicts':
      return ['recital', 'conflicts', `--${kind}`, id, '--known', known]
    case 'notes':
      return ['recital', 'notes', 'list', id]
    default:
      return ['recital', 'lookup', id, '--known', known]
  }
}

/** Hits on the screen. */
export const SHOWN_HITS = 100

export const searchCommand = (query: string): string[] => ['recital', 'search', query, '--limit', String(SHOWN_HITS)]

const names = (text: string, filter: string): boolean => new RegExp(`(?:^|\\s)${filter}:`, 'iu').test(text)

/**
 * A question about licensing as it is meant here: `status:` without a place or a day means those of the screen. They come
 * first, so that the last word stays the one that is being typed.
 */
export function inCircumstances(text: string, { territory, on, known }: Circumstances): string {
  if (!names(text, 'status')) return text
  const missing = Object.entries({ territory, on, known }).filter(([filter]) => !names(text, filter))
  return [...missing.map(([filter, value]) => `${filter}:${value}`), text].join(' ')
}

/** Whether the last word of a question may go on; a filter and a phrase may not. */
export const canGoOn = (text: string): boolean =>
  /[^\s"*]$/u.test(text) && !/(?:^|\s)-?(?:kind|year|territory|status|on|known|conflict|feed):\S*$/iu.test(text)

/** A command as it is typed into a shell. */
export const commandText = (words: readonly string[]): string => words.map(shellWord).join(' ')
