/**
 * Territory texts (contract 1): which countries they mean on a day. The tables are those of CISAC, read from
 * `tis.csv`, `tis_dates.csv` and `tis_membership.csv`; what ISO 3166-1 has and TIS has not is listed in formats 5.
 */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const FOLDER = fileURLToPath(new URL('../../../shared/data/', import.meta.url))

/** Whether the tables of territories are at hand; without them nothing here can answer. */
export const hasTables = existsSync(join(FOLDER, 'tis.csv'))

/** ISO countries without a TIS number. */
const ISO_ONLY =
  `AI AQ AS AW AX BL BM BQ BV CC CK CW CX FK FO GF GG GI GL GP GS GU HM IM IO JE KY MF MP MQ MS NF NU PM PN PS RE SH
  SJ SX TC TF TK UM VG VI WF YT`.split(/\s+/)

/** Lines of a table as cells; a quoted cell may hold commas. @param {string} name */
function linesOf(name) {
  const [, ...lines] = readFileSync(join(FOLDER, name), 'utf8').trimEnd().split(/\r?\n/)
  return lines.map((line) => [...line.matchAll(/("[^"]*"|[^,]*)(?:,|$)/g)].map(([, cell]) => cell ?? ''))
}

/** @returns {{countries: Map<string, string>, groups: Map<string, {isMap: boolean, members: {number: string, from: string, until: string}[]}>}} */
function readTables() {
  const territories = linesOf('tis.csv')
  // A living country is an atom; one that exists no more covers nothing.
  const countries = new Map(territories.filter((line) => line[3] === 'country').map(([number, code]) => [number, code]))
  const groups = new Map(
    territories
      .filter((line) => line[3]?.startsWith('group'))
      // Geography has no dates, political and economic groups have (decision 8).
      .map(([number, , , kind]) => [number, { isMap: kind === 'group_geographical', members: [] }]),
  )
  for (const [number, parent, from, until] of linesOf('tis_membership.csv')) {
    groups.get(parent)?.members.push({ number, from, until })
  }
  return { countries, groups }
}

let tables

const tablesOnce = () => {
  tables ??= readTables()
  return tables
}

/** The living countries below a TIS number on a day. @param {string} number @param {string} on @returns {string[]} */
function countriesBelow(number, on) {
  const { countries, groups } = tablesOnce()
  const country = countries.get(number)
  if (country !== undefined) return [country]
  const group = groups.get(number)
  if (group === undefined) return []
  return group.members
    .filter(({ from, until }) => group.isMap || (from <= on && on <= until))
    .flatMap((member) => countriesBelow(member.number, on))
}

const world = () => [...tablesOnce().countries.values(), ...ISO_ONLY]

/** What one code covers on a day; an unknown code covers nothing. @param {string} code @param {string} on */
function covered(code, on) {
  if (code === 'WORLD') return world()
  if (/^[0-9]+$/.test(code)) return countriesBelow(code.replace(/^0+/, ''), on)
  return world().includes(code) ? [code] : []
}

/**
 * The country that a code of a question names: alpha-2 or TIS number.
 * @param {string} code
 * @returns {string} alpha-2; throws when it is no single country
 */
export function countryOf(code) {
  const [country, ...others] = covered(code.toUpperCase(), '2020-01-01')
  if (country === undefined || others.length > 0) throw new Error(`no country: ${code}`)
  return country
}

/**
 * The countries of a territory text on a day: includes minus excludes; excludes alone are taken from WORLD; empty = WORLD.
 * @param {string} text normalised: upper case, no blanks
 * @param {string} on
 * @returns {Set<string>}
 */
export function territoriesIn(text, on) {
  const codes = text.split('|').filter((code) => code !== '')
  const excluded = codes.filter((code) => code.startsWith('!')).map((code) => code.slice(1))
  const included = codes.filter((code) => !code.startsWith('!'))
  const set = new Set((included.length === 0 ? ['WORLD'] : included).flatMap((code) => covered(code, on)))
  for (const country of excluded.flatMap((code) => covered(code, on))) set.delete(country)
  return set
}

const remembered = new Map()

/** Whether a territory text means a country on a day. */
export function isIn(text, country, on) {
  const key = `${text} ${on}`
  let set = remembered.get(key)
  if (set === undefined) {
    set = territoriesIn(text, on)
    remembered.set(key, set)
  }
  return set.has(country)
}
