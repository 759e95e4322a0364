/** Four conflicts with their rows, made by hand, and a screen that shows them. */
import { Chalk } from 'chalk'
import type { ConflictRow } from '../../../src/cli/conflicts-desk.js'
import type { ConflictJson, ConflictsDocument } from '../../../src/cli/views/conflicts-document.js'
import type { KeyEvent } from '../../../src/ui/key-events.js'
import { reduce } from '../../../src/ui/screens/conflicts/reduce.js'
import { openingState, type State } from '../../../src/ui/screens/conflicts/state.js'

export const PLAIN = { colors: new Chalk({ level: 0 }), isUnicode: false }

const conflict = (id: string, severity: number, more: Partial<ConflictJson>): ConflictJson => ({
  id,
  name: 'Something',
  severity,
  subject: { kind: 'work', iswc: 'T1', title: 'Song', id: 'W1', feed: 'p1/x' },
  right: 'mech',
  territories: ['US'],
  from: '2019-01-01',
  to: null,
  knownFrom: '2020-01-01',
  knownTo: null,
  magnitude: { total: null, over: null, streams: 0 },
  paymentOnly: false,
  parties: [],
  statements: [],
  next: 'Ask.',
  key: `${id}:000000000000`,
  detail: null,
  decisions: [],
  ...more,
})

/** 60 and 60: 20 too much. One row is from 2018 on, the other from 2019 on. */
export const OVERCLAIM = conflict('C-SHR-01', 1, {
  name: 'Overclaim',
  subject: { kind: 'work', iswc: 'T1', title: 'Eight Hats', id: 'W1', feed: 'p1/x' },
  magnitude: { total: 120, over: 20, streams: 500 },
  parties: ['Aurora', 'Birch'],
  statements: ['one', 'two'],
  next: 'List who is licensed.',
})
export const UNMATCHED = conflict('C-LNK-01', 1, {
  subject: { kind: 'recording', isrc: 'ZZ1', title: 'Alone', id: 'R1', feed: 'p1/x' },
  right: null,
  territories: [],
  from: null,
  magnitude: { total: null, over: null, streams: 9000 },
  knownFrom: '2021-05-01',
})
export const MISSING = conflict('C-SHR-03', 2, { magnitude: { total: 60, over: -40, streams: 0 } })
export const PARTIAL = conflict('C-DAT-05', 3, { detail: 'year only' })

const row = (statement: string, feed: string, values: Record<string, string>, party: string): ConflictRow => ({
  statement,
  source: {
    feed,
    snapshot: 's',
    file: `2020/${statement}.csv`,
    line: 7,
    sha256: 'ab',
    published: '',
    received: '2020-01-01',
  },
  party,
  relation: 'shares',
  values,
})

const ROWS = [
  row('one', 'p1/x', { work_id: 'W1', share: '60', role: 'publisher', valid_from: '2018-01-01' }, 'Aurora 01'),
  row('two', 'p2/x', { work_id: 'X9', share: '60', role: 'administrator', valid_from: '2019-01-01' }, 'Birch 02'),
]

export const DOCUMENT: ConflictsDocument = {
  kind: 'recital.conflicts',
  version: 1,
  known: '2022-04-11',
  counts: {},
  gravest: 1,
  leftOut: 0,
  conflicts: [OVERCLAIM, UNMATCHED, MISSING, PARTIAL],
  sources: {},
  basis: { generation: '1' },
}

export function opened(size = { columns: 80, rows: 24 }, document = DOCUMENT, author = ''): State {
  const nothing = () => Promise.reject(new Error('not asked'))
  const desk = {
    document,
    command: ['recital', 'conflicts', '--known', '2022-04-11'],
    author,
    rows: new Map(ROWS.map((one) => [one.statement, one])),
    decide: nothing,
    undo: nothing,
    write: nothing,
  }
  return openingState(desk, size)
}

const NAMED = [
  'down',
  'up',
  'left',
  'right',
  'enter',
  'escape',
  'tab',
  'backspace',
  'home',
  'end',
  'pagedown',
  'pageup',
]

/** A key by its name; a text in quotes letter by letter. */
const keysOf = (word: string): KeyEvent[] =>
  NAMED.includes(word) || word.includes('ctrl+')
    ? [{ name: word, text: null }]
    : [...(word.startsWith("'") ? word.slice(1, -1) : word)].map((letter) => ({ name: letter, text: letter }))

export const afterKeys = (state: State, ...words: string[]): State =>
  words.flatMap(keysOf).reduce((now, key) => reduce(now, { type: 'key', key }), state)
