/** A diff written by hand for the browser: 250 changes of a price list, and what its desk answers. */
import { Chalk } from 'chalk'
import type { DiffDesk } from '../../../src/cli/diff-desk.js'
import type { DiffDocument } from '../../../src/cli/views/diff-document.js'
import type { ChangeFilter, ShownChange } from '../../../src/diff/index.js'
import { type Action, reduce } from '../../../src/ui/screens/diff/reduce.js'
import { openingState, PAGE, questionOf, type State } from '../../../src/ui/screens/diff/state.js'

export const PLAIN = { colors: new Chalk({ level: 0 }), isUnicode: false }

export const CHANGES = 250

/** Change n of id n: every tenth created, every tenth but one deleted, all others with another price. */
export function change(position: number): ShownChange {
  const id = `A${String(position).padStart(3, '0')}`
  const row = (price: string) => ({ id, name: `row ${position}`, price })
  const op = position % 10 === 0 ? 'create' : position % 10 === 1 ? 'delete' : 'update'
  return {
    position,
    op,
    key: { id },
    before: op === 'create' ? null : row('1.50'),
    after: op === 'delete' ? null : row('2.50 '),
    changed: op === 'update' ? ['price'] : [],
  }
}

const DOCUMENT = {
  kind: 'recital.diff',
  version: 1,
  rows: { old: 1000, new: 1000 },
  created: 25,
  updated: 200,
  deleted: 25,
  unchanged: 775,
  duplicateKeys: { old: 0, new: 0 },
  leftOut: { old: 0, new: 0 },
  columns: { added: [], removed: [], renamed: [], reordered: false, changed: { price: 200 }, ignored: {} },
  key: ['id'],
  policy: {
    types: {},
    tolerance: {},
    null: null,
    trim: false,
    ignoreCase: false,
    emptyEqualsNull: false,
    typesOfFiles: {},
    keyOrder: [{ column: 'id', order: 'text' }],
  },
  by: null,
  concentrations: null,
  sha256: { old: '', new: '' },
} satisfies DiffDocument

/** Changes that pass, looked through one by one. */
export const passing = ({ op, column, key }: ChangeFilter): ShownChange[] =>
  Array.from({ length: CHANGES }, (_, index) => change(index + 1)).filter(
    (one) =>
      (op === undefined || one.op === op) &&
      (column === undefined || one.changed.includes(column)) &&
      (key === undefined || String(one.key.id).toLowerCase().includes(key.toLowerCase())),
  )

export const DESK: DiffDesk = {
  document: DOCUMENT,
  asked: { old: 'old.csv', new: 'new.csv', words: ['recital', 'diff', 'old.csv', 'new.csv', '--key', 'id'] },
  sides: { old: ['id', 'name', 'price'], new: ['id', 'name', 'price'] },
  page: async (offset, limit, filter) => {
    const all = passing(filter)
    return { changes: all.slice(offset, offset + limit), total: all.length }
  },
  write: async () => undefined,
}

export const opened = (columns = 80, rows = 24): State => openingState(DESK, { columns, rows })

/** Answers every question that the screen has. */
export function answered(state: State): State {
  let now = state
  for (let question = questionOf(now); question !== null; question = questionOf(now)) {
    const all = passing(question.filter)
    const changes = all.slice(question.number * PAGE, (question.number + 1) * PAGE)
    now = reduce(now, { type: 'read', question, changes, total: all.length })
  }
  return now
}

export const keyAction = (name: string): Action => ({
  type: 'key',
  key: { name, text: name.length === 1 ? name : null },
})

/** After keys, each followed by whatever it makes the screen ask. */
export const afterKeys = (state: State, ...names: string[]): State =>
  names.reduce((now, name) => answered(reduce(now, keyAction(name))), answered(state))
