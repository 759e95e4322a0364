/** Folding, words and likeness of words. */
import { describe, expect, it } from 'vitest'
import { fold } from '../../src/search/text/fold.js'
import { isOneStepAway, jaroWinkler } from '../../src/search/text/likeness.js'
import { romanised } from '../../src/search/text/romanise.js'
import { indexedWords, piecesOf, spellingsOf, wordsOf } from '../../src/search/text/words.js'
import fc from '../support/property.js'

describe('folding', () => {
  it.each([
    ['Beyoncé', 'beyonce'],
    ['Øystein', 'oystein'],
    ['Łódź', 'lodz'],
    ['STRASSE Straße', 'strasse strasse'],
    ['Æon Œuvre', 'aeon oeuvre'],
    ['Ｆｕｌｌ　Ｗｉｄｔｈ', 'full width'],
    ['ﾊﾝｶｸ', 'ハンカク'],
    ['Война И МИР', 'война и мир'],
    ['Ёлка', 'елка'],
    ['йод', 'йод'],
    ['Ἀθήνα ΣΊΣΥΦΟΣ', 'αθηνα σισυφοσ'],
    ['İstanbul', 'istanbul'],
    ['が', 'が'],
    ['ab\u202e\u0000cd', 'abcd'],
    ['a\r\n\tb', 'a b'],
    ['a\t\u0000\tb', 'a b'],
    ['a  b', 'a b'],
    ['a \u00a8b', 'a \u0308b'],
    ['\u0451\u0300', '\u0450'],
    ['Don\u00b4t', "don't"],
  ])('%s is %s', (given, folded) => {
    expect(fold(given)).toBe(folded)
  })

  it('folds what is folded to itself', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => fold(fold(text)) === fold(text)))
  })
})

describe('words of an index', () => {
  it.each([
    ['AC/DC', 'ac dc acdc'],
    ['R.E.M.', 'r e m rem'],
    ['P!nk', 'p nk pnk pink'],
    ['Ke$ha', 'ke ha keha kesha'],
    ["Don't Stop", 'dont stop'],
    ['Simon & Garfunkel', 'simon and garfunkel'],
    ['!!!', '!!!'],
    ['— ( ) …', ''],
    ['夜に駆ける', '夜に に駆 駆け ける る'],
    ['夜', '夜'],
  ])('%s is found by %s', (given, words) => {
    expect(indexedWords(given).all).toBe(words)
  })

  it('hold no blank, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
        expect(wordsOf(text).every((word) => word !== '' && !/\s/u.test(word))).toBe(true)
      }),
    )
  })
})

/** Restricted edit distance by its definition: every way, one step at a time. */
function stepsFrom(word: string, letters: string): Set<string> {
  const found = new Set<string>([word])
  for (let at = 0; at <= word.length; at += 1) {
    found.add(word.slice(0, at) + word.slice(at + 1))
    found.add(word.slice(0, at) + (word[at + 1] ?? '') + (word[at] ?? '') + word.slice(at + 2))
    for (const letter of letters) {
      found.add(word.slice(0, at) + letter + word.slice(at))
      found.add(word.slice(0, at) + letter + word.slice(at + 1))
    }
  }
  return found
}

describe('likeness', () => {
  it('one step is one letter more, less, other or swapped', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 5 })
    fc.assert(
      fc.property(word, word, (a, b) => {
        expect(isOneStepAway(a, b)).toBe(stepsFrom(a, 'abc').has(b))
      }),
      { numRuns: 2000 },
    )
  })

  // The pairs of Winkler's paper of 1990, to three decimals.
  it.each([
    ['martha', 'marhta', 0.961],
    ['dwayne', 'duane', 0.84],
    ['dixon', 'dicksonx', 0.813],
    ['abc', 'xyz', 0],
  ])('%s and %s', (a, b, expected) => {
    expect(jaroWinkler(a, b)).toBeCloseTo(expected, 3)
  })
})

describe('other scripts in Latin letters', () => {
  it.each([
    ['родина', 'rodina'],
    ['щербаков', 'shcherbakov'],
    ['обернитесь', 'obernites'],
    ['київ', 'kiyiv'],
    ['θεοδωρακησ', 'theodorakis'],
    ['μουσικη', 'mousiki'],
  ])('%s is %s', (word, latin) => {
    expect(romanised(word)).toBe(latin)
  })

  it('leaves everything else alone', () => {
    for (const word of ['rodina', '夜に', '', '1999', '♥']) expect(romanised(word)).toBeNull()
  })

  it('are words of the index beside the others, and no part of the title', () => {
    expect(indexedWords('Моя Родина')).toEqual({ all: 'моя родина moya rodina', title: 'моя родина' })
  })
})

describe('the quick way through plain texts', () => {
  it('gives the same words as piece by piece', () => {
    const piece = fc.string({ unit: fc.constantFrom(...'aB9\'"(),.!?-/&$ '), maxLength: 12 })
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 4 }), (parts) => {
        const text = parts.join(' ')
        const spellings = piecesOf(fold(text)).map(spellingsOf)
        const first = spellings.flatMap(([words = []]) => words)
        const others = spellings.flatMap(([, ...rest]) => rest.flat())
        expect(indexedWords(text)).toEqual({ all: [...first, ...others].join(' '), title: first.join(' ') })
      }),
    )
  })

  it('cuts a word that is too long where a question cuts it', () => {
    const long = 'x'.repeat(100)
    expect(indexedWords(long).all).toBe(spellingsOf(long)[0]?.[0])
    expect(indexedWords(`${long} y`).all).toBe(`${'x'.repeat(64)} y`)
  })
})
