/** Names of countries as a sentence writes them. */
import { COUNTRIES } from './table.js'

/** Words that stay small inside a name. */
const SMALL = new Set(['and', 'of', 'the'])

/** Countries whose name takes the article: a plural, a union, a group of islands, a republic. */
const WITH_ARTICLE =
  /^(United |Republic of |Democratic |Islamic |Netherlands|Philippines|Bahamas|Gambia|Maldives|Comoros|Seychelles|Czech Republic|Dominican Republic|Central African Republic|Russian Federation|.* (Islands|Republic|Emirates|Federation)$)/

const NAMES: ReadonlyMap<string, string> = new Map(COUNTRIES.map(([, code, name]) => [code, written(name)]))

/** The source writes some names in capitals only, and turns others round: `KOREA, REPUBLIC OF`. */
function written(name: string): string {
  const isShouted = name === name.toUpperCase()
  const words = isShouted
    ? name.toLowerCase().replace(/[\p{L}\p{N}'’]+/gu, (word, place) => {
        const isSmall = SMALL.has(word) && place > 0
        return isSmall ? word : word[0]?.toUpperCase() + word.slice(1)
      })
    : name
  const [first = '', rest] = words.split(', ')
  return rest === undefined ? words : `${rest} ${first}`
}

/** The name of a country by its ISO alpha-2 code, without an article; the code itself for what is none. */
export const territoryName = (code: string): string => NAMES.get(code) ?? code

/** The name inside a sentence: `the United States`, `France`. */
export function territoryInSentence(code: string): string {
  const name = territoryName(code)
  return WITH_ARTICLE.test(name) ? `the ${name}` : name
}
