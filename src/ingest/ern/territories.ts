/** Territories of an ERN block or deal in the notation of the plain tables: `DE|AT`, `WORLD|!MX`. */
import { childrenOf, type XmlElement } from './element.js'

export interface GivenTerritories {
  /** ISO alpha-2, TIS and subdivision codes, `WORLD` for Worldwide, `!` before an excluded code; `''` = not stated. */
  text: string
  /** The codes as they stood in the file; absent when `text` says the same. */
  raw?: string
}

const code = (given: string): string => (/^worldwide$/i.test(given) ? 'WORLD' : given.toUpperCase())

/** One code as given: `Worldwide` becomes `WORLD`. */
export function territoryCode(given: string): string {
  return code(given.trim())
}

const sorted = (codes: readonly string[]): string[] => [...new Set(codes)].sort()

/** Codes in character order, each once; exclusions alone are exclusions from the world. */
function territoriesText(included: readonly string[], excluded: readonly string[]): string {
  const from = included.length === 0 && excluded.length > 0 ? ['WORLD'] : sorted(included.map(territoryCode))
  return [...from, ...sorted(excluded.map(territoryCode)).map((item) => `!${item}`)].join('|')
}

/** TerritoryCode and ExcludedTerritoryCode directly below an element (a choice in the standard; both are read). */
export function territoriesOf(element: XmlElement): GivenTerritories {
  const texts = (name: string) =>
    childrenOf(element, name)
      .map((child) => child.text)
      .filter((given) => given !== '')
  const [included, excluded] = [texts('TerritoryCode'), texts('ExcludedTerritoryCode')]
  const text = territoriesText(included, excluded)
  const raw = [...included, ...excluded.map((given) => `!${given}`)].join('|')
  return raw === text ? { text } : { text, raw }
}
