/** Identifiers that mean the same thing in every feed: their spelling and check digits (formats 4). */

/** @param {string} text */
const bare = (text) => text.toUpperCase().replaceAll(/[\s./\u2010-\u2013-]/g, '')

/** Sum of `weight(i) * digit(i)`, i from 0. @param {string} digits @param {(place: number) => number} weight */
const weighted = (digits, weight) => [...digits].reduce((sum, digit, place) => sum + weight(place) * Number(digit), 0)

/** ISWC and IPI base number: (10 - S mod 10) mod 10, S = start + sum of i x digit i, i from 1. */
function hasLetterCheck(code, start) {
  const sum = start + weighted(code.slice(1, 10), (place) => place + 1)
  return (10 - (sum % 10)) % 10 === Number(code[10])
}

function hasNameCheck(code) {
  const remainder = weighted(code.slice(0, 9), (place) => 10 - place) % 101
  const check = remainder === 0 ? 0 : (101 - remainder) % 100
  return check === Number(code.slice(9))
}

function hasIsniCheck(code) {
  const t = [...code.slice(0, 15)].reduce((sum, digit) => 2 * (sum + Number(digit)), 0)
  const check = (12 - (t % 11)) % 11
  return (check === 10 ? 'X' : `${check}`) === code[15]
}

/** Spreadsheets and CWR headers drop leading zeros; fewer than five digits are no IPI (decision 3). */
const padded = (code) => (/^[0-9]{5,10}$/.test(code) ? code.padStart(11, '0') : code)

/** Each scheme: the normalised code if the text is a valid one, else undefined. */
const READERS = {
  isrc: (text) => (/^[A-Z]{2}[A-Z0-9]{3}[0-9]{7}$/.test(bare(text)) ? bare(text) : undefined),
  iswc: (text) => (/^T[0-9]{10}$/.test(bare(text)) && hasLetterCheck(bare(text), 1) ? bare(text) : undefined),
  'ipi-name'(text) {
    const code = padded(bare(text))
    return /^[0-9]{11}$/.test(code) && !/^0+$/.test(code) && hasNameCheck(code) ? code : undefined
  },
  'ipi-base': (text) => (/^I[0-9]{10}$/.test(bare(text)) && hasLetterCheck(bare(text), 2) ? bare(text) : undefined),
  isni: (text) => (/^[0-9]{15}[0-9X]$/.test(bare(text)) && hasIsniCheck(bare(text)) ? bare(text) : undefined),
}

/**
 * The valid codes of a `|`-separated text, normalised, each as `scheme:code`.
 * @param {'isrc' | 'iswc' | 'ipi-name' | 'ipi-base' | 'isni'} scheme
 * @param {string} text
 * @returns {string[]}
 */
export function codesIn(scheme, text) {
  return text.split('|').flatMap((part) => {
    const code = READERS[scheme](part.trim())
    return code === undefined ? [] : [`${scheme}:${code}`]
  })
}
