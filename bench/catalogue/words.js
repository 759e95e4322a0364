/** The words and mixes of the made-up catalogue, as DuckDB SQL text over a row number. */

const list = (values) => `[${values.map((value) => `'${value.replaceAll("'", "''")}'`).join(', ')}]`

/**
 * Macros that the other expressions use. `mixed(n, salt)` is 0 to 2^31-1, without visible order; its own arithmetic,
 * because DuckDB's hash() may change between versions and the bytes of the catalogue may not. `salt` is below 64.
 */
export const MACROS = [
  'CREATE TEMP MACRO stirred(x) AS (xor(x >> 16, x) * 73244475) & 4294967295',
  'CREATE TEMP MACRO mixed(n, salt) AS stirred(stirred((n * 64 + salt) & 4294967295)) >> 1',
]

export const mixed = (n, salt, modulo) => `(mixed(${n}, ${salt}) % ${modulo})`

/** One of a few texts. */
export const oneOf = (values, n, salt) => `${list(values)}[1 + ${mixed(n, salt, values.length)}]`

/** One text of a list by its place from 0. */
export const at = (values, place) => `${list(values)}[1 + ${place}]`

/** True for about `percent` of the rows; `percent` has at most one decimal. */
export const share = (percent, n, salt) => `${mixed(n, salt, 1000)} < ${Math.round(percent * 10)}`

const FIRST = 'Silver,Golden,Distant,Broken,Paper,Midnight,Electric,Quiet,Velvet,Northern,Hollow,Burning,Gentle,Crimson'
const MORE_FIRST =
  'Última,Nächtliche,Łagodna,静かな,Ночная,Slow,Wild,Endless,Neon,Frozen,Secret,Little,Last,Blue,Falling'
const SECOND =
  'River,Harbour,Lantern,Mirror,Station,Garden,Summer,Thunder,Corazón,Straße,Nuit,夜,Ghost,Radio,Avenue,Echo'
const MORE_SECOND = 'Window,Tide,Horizon,Satellite,Carousel,Winter,Letter,Compass,Signal,Diamond,Machine,Shadow,Ocean'
const FIRSTS = `${FIRST},${MORE_FIRST}`.split(',')
const SECONDS = `${SECOND},${MORE_SECOND}`.split(',')

/** A title of two words; one in twelve with a comma, one in two hundred with quotes, so that CSV has to quote. */
export function title(n, salt) {
  const words = `${oneOf(FIRSTS, n, salt)} || ' ' || ${oneOf(SECONDS, n, salt + 1)}`
  const number = `(${mixed(n, salt + 2, 2400)})`
  return (
    `CASE WHEN ${number} < 12 THEN '"' || ${words} || '"' WHEN ${number} < 212 THEN ${words} || ', Pt. ' || ${number} % 9` +
    ` ELSE ${words} END`
  )
}

/** Two words in the order of a register of names, with a number that tells namesakes apart. */
export const nameOf = (n, salt) =>
  `${oneOf(SECONDS, n, salt)} || ' ' || ${n} // 7 || ', ' || ${oneOf(FIRSTS, n, salt + 1)}`

const CODES = 'US,CA,GB,IE,DE,AT,CH,FR,BE,NL,SE,NO,DK,FI,ES,PT,IT,PL,JP,AU,NZ,BR,MX,KR'.split(',')

/** 70 % the whole world, 18 % the world without two countries, 12 % three countries. */
export function territories(n, salt) {
  const [one, two, three] = [0, 1, 2].map((offset) => oneOf(CODES, n, salt + offset))
  return (
    `CASE WHEN ${share(70, n, salt + 3)} THEN 'WORLD' WHEN ${share(60, n, salt + 4)}` +
    ` THEN concat('WORLD|!', ${one}, '|!', ${two}) ELSE concat(${one}, '|', ${two}, '|', ${three}) END`
  )
}

/** A day within `years` years from the first day of a year. */
export const dayFrom = (year, years, n, salt) => `(DATE '${year}-01-01' + ${mixed(n, salt, years * 365)}::INTEGER)`
