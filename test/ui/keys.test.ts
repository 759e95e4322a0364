/** The table of keys, how keys are heard, and that the documentation tells the same. */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { Key } from 'ink'
import { describe, expect, it } from 'vitest'
import { keysOf } from '../../src/ui/key-events.js'
import { type Binding, bindingsOf, commandOf, keyTitle } from '../../src/ui/keys.js'
import { PROJECT } from '../support/cli.js'

/** Screens with the command whose section lists their keys. */
const SCREENS = [
  ['timeline', 'timeline'],
  ['explore', 'explore'],
  ['conflicts', 'conflicts'],
  ['alerts', 'alerts dry-run'],
  ['diff', 'diff'],
] as const

describe.each(SCREENS)('the table: %s', (screen, command) => {
  const bindings: readonly Binding[] = bindingsOf(screen)

  it('gives each key one meaning', () => {
    const keys = bindings.flatMap(({ keys: names }) => [...names])
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([])
    expect(commandOf(screen, 'q')).toBe('leave')
    expect(commandOf(screen, 'x')).toBeNull()
  })

  it('is what docs/commands.md lists', () => {
    const text = readFileSync(path.join(PROJECT, 'docs/commands.md'), 'utf8')
    const section = text.split(/^## /m).find((part) => part.startsWith(`${command}\n`)) ?? ''
    // A bar within a table is written with a backslash.
    const rows = [...section.replaceAll('\\|', '¦').matchAll(/^\| (`[^|]+`) \| ([^|]+) \|$/gm)].map(
      ([, keys = '', does]) => [keys, does],
    )
    const listed = rows.filter(([keys]) => !keys?.startsWith('`--'))
    const expected = bindings.map(({ keys, does }) => [
      keys.map((key) => `\`${keyTitle(key).replace('|', '¦')}\``).join(' '),
      does,
    ])
    expect(listed).toEqual(expected)
  })
})

const NONE: Key = {
  ...{ upArrow: false, downArrow: false, leftArrow: false, rightArrow: false, pageDown: false, pageUp: false },
  ...{ home: false, end: false, return: false, escape: false, ctrl: false, shift: false, tab: false, backspace: false },
  ...{ delete: false, meta: false, super: false, hyper: false, capsLock: false, numLock: false },
}

const heard = (input: string, key: Partial<Key> = {}) => keysOf(input, { ...NONE, ...key }).map(({ name }) => name)

describe('keys as they are heard', () => {
  it('have one name each', () => {
    expect(heard('q')).toEqual(['q'])
    expect(heard('', { leftArrow: true })).toEqual(['left'])
    expect(heard('', { leftArrow: true, shift: true })).toEqual(['shift+left'])
    expect(heard('', { tab: true, shift: true })).toEqual(['shift+tab'])
    expect(heard('c', { ctrl: true })).toEqual(['ctrl+c'])
    expect(heard('G', { shift: true })).toEqual(['G'])
    expect(heard('', { return: true })).toEqual(['enter'])
  })

  it('Escape is Escape although it is reported with Alt; Alt with a letter is nothing', () => {
    expect(heard('', { escape: true, meta: true })).toEqual(['escape'])
    expect(heard('q', { meta: true })).toEqual([])
  })

  it('delete is backspace, as many terminals send it', () => {
    expect(heard('', { delete: true })).toEqual(['backspace'])
    expect(heard('', { backspace: true })).toEqual(['backspace'])
  })

  it('that come at once are keys one after the other', () => {
    expect(heard(']]]')).toEqual([']', ']', ']'])
    expect(heard('/2019\r')).toEqual(['/', '2', '0', '1', '9', 'enter'])
    expect(heard('ab\u007f\u0015\u0003\u0000\u009b')).toEqual(['a', 'b', 'backspace', 'ctrl+u', 'ctrl+c'])
    expect(heard('夜😀')).toEqual(['夜', '😀'])
  })
})

describe('a key in print', () => {
  it('is written as people know it', () => {
    const titles = ['shift+tab', 'ctrl+c', 'escape', 'G', '[', 'left', 'shift+left'].map(keyTitle)
    expect(titles).toEqual(['Shift-Tab', 'Ctrl-C', 'Esc', 'G', '[', 'Left', 'Shift-Left'])
  })
})
