import { expect, it } from 'vitest'
import { CHANGE_COLUMNS, CHANGE_OPS, changeColumn } from '../../src/model/change-set.js'

it('names the flat columns of a change set', () => {
  expect(changeColumn('before', 'price')).toBe('before.price')
  expect(changeColumn('key', 'a.b')).toBe('key.a.b')
  expect(CHANGE_COLUMNS).toEqual(['position', 'op', 'changed'])
  expect(CHANGE_OPS).toEqual(['create', 'update', 'delete'])
})
