/** From terms to an expression of FTS5 in which every word is quoted, so that no character of a question has a meaning. */

import { feedWord } from '../documents/entry.js'
import { isUnspaced } from '../text/words.js'
import type { Query, Term } from './parse.js'

const quotedWord = (word: string): string => `"${word.replaceAll('"', '""')}"`

/**
 * In a script without blanks the last character stands alone too, to be found as the beginning of a pair; where pairs are
 * asked for it is left out, as the text may go on.
 */
function searched(spelling: readonly string[]): readonly string[] {
  return spelling.filter((word, index) => {
    const before = spelling[index - 1]
    return !(before !== undefined && [...word].length === 1 && isUnspaced(word) && isUnspaced(before))
  })
}

function spelled(given: readonly string[], isPrefix: boolean): string {
  const words = searched(given)
  const last = words.at(-1) ?? ''
  const goesOn = isPrefix || ([...last].length === 1 && isUnspaced(last))
  return `${words.map(quotedWord).join(' + ')}${goesOn ? ' *' : ''}`
}

/** One term as an expression; `others` are words that may stand in its place. */
export function matchOfTerm({ spellings, isPrefix, columns }: Term, others: readonly string[] = []): string {
  const all = [...spellings, ...others.map((word) => [word])].map((spelling) => spelled(spelling, isPrefix))
  const either = all.length === 1 ? (all[0] ?? '') : `(${all.join(' OR ')})`
  return columns.length === 0 ? either : `{${columns.join(' ')}} : ${either}`
}

/** All terms of a question and none of those not wanted. `terms` are expressions; null when there is nothing to match. */
export function matchOf(query: Query, terms: readonly string[], join: 'AND' | 'OR' = 'AND'): string | null {
  const feeds = query.feeds.map((feed) => `feed : ${quotedWord(feedWord(feed))}`)
  const wanted = terms.length === 0 ? [] : [terms.length === 1 ? (terms[0] ?? '') : `(${terms.join(` ${join} `)})`]
  const all = [...wanted, ...feeds]
  if (all.length === 0) return null
  const without = query.without.map((term) => ` NOT ${matchOfTerm(term)}`)
  return `(${all.join(' AND ')})${without.join('')}`
}
