/**
 * The one table of keys. What a key does on a screen, the help that `?` shows, the line at the bottom and the list in
 * docs/commands.md all come from it.
 */

export type ScreenName = 'timeline' | 'explore' | 'conflicts' | 'alerts' | 'diff'

export interface Binding {
  /** Names as `keysOf` gives them; the first is the one that is shown. */
  readonly keys: readonly string[]
  readonly command: string
  /** What it does, for the help. */
  readonly does: string
  /** One word for the bottom line, most useful bindings first; without it the key is only in the help. */
  readonly brief?: string
  readonly screen: ScreenName | 'all'
}

export const KEYS = [
  { keys: ['left'], command: 'previous-event', does: 'previous event', brief: 'event', screen: 'timeline' },
  { keys: ['right'], command: 'next-event', does: 'next event', screen: 'timeline' },
  { keys: ['g', 'home'], command: 'first-event', does: 'first event', screen: 'timeline' },
  { keys: ['G', 'end'], command: 'last-event', does: 'last event', screen: 'timeline' },
  { keys: ['/'], command: 'go-to-date', does: 'go to a date', brief: 'date', screen: 'timeline' },
  { keys: ['tab'], command: 'next-lane', does: 'next right or work', brief: 'right', screen: 'timeline' },
  { keys: ['shift+tab'], command: 'previous-lane', does: 'previous right or work', screen: 'timeline' },
  { keys: ['down', 'j'], command: 'next-line', does: 'next cause or source below', screen: 'timeline' },
  { keys: ['up', 'k'], command: 'previous-line', does: 'previous cause or source below', screen: 'timeline' },
  {
    keys: ['['],
    command: 'known-earlier',
    does: 'as known on the day of receipt before',
    brief: 'known',
    screen: 'timeline',
  },
  { keys: [']'], command: 'known-later', does: 'as known on the next day of receipt', screen: 'timeline' },
  { keys: ['{'], command: 'known-first', does: 'as known on the first day of receipt', screen: 'timeline' },
  { keys: ['}'], command: 'known-last', does: 'as known now: on the day of the last receipt', screen: 'timeline' },
  {
    keys: ['d'],
    command: 'compare',
    does: 'show what is known differently now, or stop showing it',
    brief: 'difference',
    screen: 'timeline',
  },
  { keys: ['t'], command: 'territory', does: 'choose the territory', brief: 'territory', screen: 'timeline' },
  {
    keys: ['w'],
    command: 'works',
    does: 'show each work by itself, or stop showing it',
    brief: 'works',
    screen: 'timeline',
  },
  { keys: ['+', '='], command: 'zoom-in', does: 'show less time, in more detail', brief: 'zoom', screen: 'timeline' },
  { keys: ['-', '_'], command: 'zoom-out', does: 'show more time', screen: 'timeline' },
  { keys: ['0'], command: 'zoom-all', does: 'show all events', screen: 'timeline' },
  { keys: ['h', 'shift+left'], command: 'pan-earlier', does: 'move to earlier time', screen: 'timeline' },
  { keys: ['l', 'shift+right'], command: 'pan-later', does: 'move to later time', screen: 'timeline' },
  {
    keys: ['o'],
    command: 'source',
    does: 'show the source of the chosen line: file and line',
    brief: 'source',
    screen: 'timeline',
  },
  {
    keys: ['c'],
    command: 'commands',
    does: 'show the commands that print the same',
    brief: 'command',
    screen: 'timeline',
  },
  {
    keys: ['e'],
    command: 'export',
    does: 'write the timeline to an HTML or SVG file',
    brief: 'export',
    screen: 'timeline',
  },
  { keys: ['/'], command: 'search', does: 'search: type, and the hits follow', brief: 'search', screen: 'explore' },
  { keys: ['enter'], command: 'open', does: 'open what is chosen', brief: 'open', screen: 'explore' },
  { keys: ['down', 'j'], command: 'down', does: 'next hit or line', screen: 'explore' },
  { keys: ['up', 'k'], command: 'up', does: 'hit or line before', screen: 'explore' },
  { keys: ['pagedown', 'ctrl+d'], command: 'page-down', does: 'a page down', screen: 'explore' },
  { keys: ['pageup', 'ctrl+u'], command: 'page-up', does: 'a page up', screen: 'explore' },
  { keys: ['g', 'home'], command: 'first', does: 'first hit or line', screen: 'explore' },
  { keys: ['G', 'end'], command: 'last', does: 'last hit or line', screen: 'explore' },
  {
    keys: ['tab'],
    command: 'next-tab',
    does: 'next view of what is open',
    brief: 'view',
    screen: 'explore',
  },
  { keys: ['shift+tab'], command: 'previous-tab', does: 'view before', screen: 'explore' },
  { keys: ['right', 'l'], command: 'scroll-right', does: 'more of lines that are too long', screen: 'explore' },
  { keys: ['left', 'h'], command: 'scroll-left', does: 'back to the beginning of the lines', screen: 'explore' },
  { keys: ['['], command: 'back', does: 'back to what was open before', brief: 'back', screen: 'explore' },
  { keys: [']'], command: 'forward', does: 'forward again', screen: 'explore' },
  { keys: [':'], command: 'go-to', does: 'go to an identifier or a feed’s id', brief: 'go to', screen: 'explore' },
  {
    keys: [' '],
    command: 'collect',
    does: 'collect this view as a finding, or leave it out again',
    brief: 'collect',
    screen: 'explore',
  },
  { keys: ['a'], command: 'note', does: 'note something on what is open', brief: 'note', screen: 'explore' },
  {
    keys: ['u'],
    command: 'take-back',
    does: 'take the last note of this session back; it stays on record',
    screen: 'explore',
  },
  {
    keys: ['t'],
    command: 'timeline',
    does: 'look at the timeline of a recording, to move in; q comes back',
    screen: 'explore',
  },
  { keys: ['y'], command: 'copy', does: 'copy the id, where the terminal has a clipboard', screen: 'explore' },
  { keys: ['Y'], command: 'copy-to-file', does: 'write the id to a file', screen: 'explore' },
  { keys: ['|'], command: 'split', does: 'show hits and what is chosen side by side, or not', screen: 'explore' },
  {
    keys: ['c'],
    command: 'commands',
    does: 'show the commands that print the same',
    brief: 'command',
    screen: 'explore',
  },
  {
    keys: ['e'],
    command: 'export',
    does: 'write the findings, or the session, to a file',
    brief: 'export',
    screen: 'explore',
  },
  { keys: ['down', 'j'], command: 'down', does: 'next conflict; in the detail, scroll down', screen: 'conflicts' },
  { keys: ['up', 'k'], command: 'up', does: 'conflict before; in the detail, scroll up', screen: 'conflicts' },
  { keys: ['pagedown', 'ctrl+d'], command: 'page-down', does: 'a page down', screen: 'conflicts' },
  { keys: ['pageup', 'ctrl+u'], command: 'page-up', does: 'a page up', screen: 'conflicts' },
  { keys: ['g', 'home'], command: 'first', does: 'first conflict or line', screen: 'conflicts' },
  { keys: ['G', 'end'], command: 'last', does: 'last conflict or line', screen: 'conflicts' },
  {
    keys: ['enter'],
    command: 'open',
    does: 'read the conflict, or go back to the list',
    brief: 'open',
    screen: 'conflicts',
  },
  { keys: ['right', 'l'], command: 'next-row', does: 'next row of the conflict', screen: 'conflicts' },
  {
    keys: ['left', 'h'],
    command: 'previous-row',
    does: 'row of the conflict before',
    brief: 'row',
    screen: 'conflicts',
  },
  {
    keys: ['d'],
    command: 'decide',
    does: 'decide: explained, accepted, disputed, or which identity is meant',
    brief: 'decide',
    screen: 'conflicts',
  },
  { keys: ['z'], command: 'undo', does: 'undo the last decision about the conflict', screen: 'conflicts' },
  {
    keys: ['o'],
    command: 'source',
    does: 'show the source of the chosen row: file and line',
    brief: 'source',
    screen: 'conflicts',
  },
  { keys: ['/'], command: 'search', does: 'show only those with a text in them', brief: 'search', screen: 'conflicts' },
  {
    keys: ['f'],
    command: 'severity',
    does: 'show only one severity: 1, 2, 3, 4, all again',
    brief: 'filter',
    screen: 'conflicts',
  },
  { keys: ['i'], command: 'kind', does: 'show only conflicts of this kind, or all again', screen: 'conflicts' },
  {
    keys: ['u'],
    command: 'undecided',
    does: 'show only what is undecided, only what is decided, or both',
    screen: 'conflicts',
  },
  {
    keys: ['s'],
    command: 'sort',
    does: 'sort by gravity, by streams, by what passes 100, or by the latest receipt',
    screen: 'conflicts',
  },
  { keys: ['|'], command: 'split', does: 'show list and detail together, or not', screen: 'conflicts' },
  {
    keys: ['c'],
    command: 'commands',
    does: 'show the commands that print and decide the same',
    brief: 'command',
    screen: 'conflicts',
  },
  {
    keys: ['e'],
    command: 'export',
    does: 'write all conflicts to an HTML, CSV or Markdown file',
    brief: 'export',
    screen: 'conflicts',
  },
  { keys: ['down', 'j'], command: 'down', does: 'next alert', brief: 'alert', screen: 'alerts' },
  { keys: ['up', 'k'], command: 'up', does: 'alert before', screen: 'alerts' },
  { keys: ['pagedown', 'ctrl+d'], command: 'page-down', does: 'a page down', screen: 'alerts' },
  { keys: ['pageup', 'ctrl+u'], command: 'page-up', does: 'a page up', screen: 'alerts' },
  { keys: ['g', 'home'], command: 'first', does: 'first alert', screen: 'alerts' },
  { keys: ['G', 'end'], command: 'last', does: 'last alert', screen: 'alerts' },
  {
    keys: ['e', 'E'],
    command: 'edit',
    does: 'open the rule file in $VISUAL or $EDITOR, then see what the edit adds and removes',
    brief: 'edit',
    screen: 'alerts',
  },
  {
    keys: ['/'],
    command: 'filter',
    does: 'only alerts with these words; rule:, severity: and owner: look there alone',
    brief: 'filter',
    screen: 'alerts',
  },
  {
    keys: ['r'],
    command: 'next-rule',
    does: 'only the next rule; after the last, all',
    brief: 'rule',
    screen: 'alerts',
  },
  { keys: ['s'], command: 'next-severity', does: 'only the next severity', brief: 'severity', screen: 'alerts' },
  { keys: ['o'], command: 'next-owner', does: 'only the next owner', brief: 'owner', screen: 'alerts' },
  { keys: ['0'], command: 'no-filter', does: 'all alerts', screen: 'alerts' },
  { keys: ['right', 'l'], command: 'scroll-down', does: 'more of the right side', screen: 'alerts' },
  { keys: ['left', 'h'], command: 'scroll-up', does: 'back to the top of the right side', screen: 'alerts' },
  {
    keys: ['c'],
    command: 'commands',
    does: 'show the commands that print the same',
    brief: 'command',
    screen: 'alerts',
  },
  { keys: ['down', 'j'], command: 'down', does: 'next change', screen: 'diff' },
  { keys: ['up', 'k'], command: 'up', does: 'change before', screen: 'diff' },
  { keys: ['pagedown', 'ctrl+d', ' '], command: 'page-down', does: 'a page down', screen: 'diff' },
  { keys: ['pageup', 'ctrl+u'], command: 'page-up', does: 'a page up', screen: 'diff' },
  { keys: ['g', 'home'], command: 'first', does: 'first change', screen: 'diff' },
  { keys: ['G', 'end'], command: 'last', does: 'last change', screen: 'diff' },
  { keys: ['enter'], command: 'open', does: 'show all columns of the change', brief: 'whole', screen: 'diff' },
  {
    keys: ['o'],
    command: 'operation',
    does: 'show created, updated, deleted rows only, then all',
    brief: 'operation',
    screen: 'diff',
  },
  { keys: ['f'], command: 'column', does: 'show updates of one column only', brief: 'column', screen: 'diff' },
  { keys: ['/'], command: 'key', does: 'show changes with a text in their key only', brief: 'key', screen: 'diff' },
  { keys: ['0'], command: 'everything', does: 'show all changes again', brief: 'all', screen: 'diff' },
  { keys: ['c'], command: 'commands', does: 'show the commands that print the same', brief: 'command', screen: 'diff' },
  { keys: ['e'], command: 'export', does: 'write what is shown to a file', brief: 'export', screen: 'diff' },
  { keys: ['?'], command: 'help', does: 'list the keys', brief: 'help', screen: 'all' },
  { keys: ['escape'], command: 'close', does: 'close what is open; else leave', screen: 'timeline' },
  { keys: ['escape'], command: 'close', does: 'close what is open; else back', screen: 'explore' },
  { keys: ['escape'], command: 'close', does: 'close what is open, or end a filter; else leave', screen: 'conflicts' },
  {
    keys: ['escape'],
    command: 'close',
    does: 'close what is open; else show all alerts; else leave',
    screen: 'alerts',
  },
  { keys: ['escape'], command: 'close', does: 'close what is open; else leave', screen: 'diff' },
  { keys: ['q', 'ctrl+c'], command: 'leave', does: 'leave', brief: 'leave', screen: 'all' },
  { keys: ['ctrl+z'], command: 'suspend', does: 'stop for a while; `fg` in the shell comes back', screen: 'all' },
  { keys: ['ctrl+l'], command: 'redraw', does: 'paint the screen anew', screen: 'all' },
] as const satisfies readonly Binding[]

/** What keys can do on a screen. */
export type KeyCommand<S extends ScreenName> = Extract<
  (typeof KEYS)[number],
  { readonly screen: S } | { readonly screen: 'all' }
>['command']

/** What a key does on a screen; null for nothing. */
export function commandOf<S extends ScreenName>(screen: S, key: string): KeyCommand<S> | null {
  const found = KEYS.find((binding) => {
    const names: readonly string[] = binding.keys
    return (binding.screen === screen || binding.screen === 'all') && names.includes(key)
  })
  // The find above sees to the screen.
  return (found?.command as KeyCommand<S> | undefined) ?? null
}

export const bindingsOf = (screen: ScreenName): readonly Binding[] =>
  KEYS.filter((binding) => binding.screen === screen || binding.screen === 'all')

const SHOWN: Readonly<Record<string, string>> = {
  escape: 'Esc',
  tab: 'Tab',
  home: 'Home',
  enter: 'Enter',
  ' ': 'Space',
  pageup: 'PgUp',
  pagedown: 'PgDn',
  end: 'End',
  left: 'Left',
  right: 'Right',
  up: 'Up',
  down: 'Down',
}

/** A key as it is written for people: `Shift-Tab`, `Ctrl-C`. */
export function keyTitle(name: string): string {
  const [, modifier, key = name] = /^(ctrl|shift)\+(.+)$/.exec(name) ?? []
  const title = SHOWN[key] ?? (modifier === 'ctrl' ? key.toUpperCase() : key)
  if (modifier === undefined) return title
  return `${modifier === 'ctrl' ? 'Ctrl' : 'Shift'}-${title}`
}
