import { describe, expect, it } from 'vitest'
import { toJson } from '../../src/cli/json.js'
import { InternalError } from '../../src/errors.js'

describe('toJson', () => {
  it('keeps the order of keys and ends the line', () => {
    expect(toJson({ b: 1, a: null })).toBe('{\n  "b": 1,\n  "a": null\n}\n')
  })

  it('writes BigInt as a number while that is exact, else as text', () => {
    const value = {
      most: 9007199254740991n,
      more: 9007199254740992n,
      least: -9007199254740991n,
      less: -9007199254740992n,
    }
    expect(JSON.parse(toJson(value))).toEqual({
      most: 9007199254740991,
      more: '9007199254740992',
      least: -9007199254740991,
      less: '-9007199254740992',
    })
  })

  it('writes out what a terminal could take for a command, to the same value', () => {
    const value = { title: '\u007f\u009b31m \u2028\u202e\u2066 \u001b é' }
    const text = toJson(value)
    expect(text).toBe('{\n  "title": "\\u007f\\u009b31m \\u2028\\u202e\\u2066 \\u001b é"\n}\n')
    expect(JSON.parse(text)).toEqual(value)
  })

  it('refuses what JSON would turn into something else', () => {
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, new Map(), new Set()]) {
      expect(() => toJson({ share: value })).toThrow(InternalError)
    }
  })
})
