/** DuckDB's functions of texts, days and choice on a small workbench, where SQLite has none or others. */
import { compareTexts, trimmed } from './small-lists.js'
import type { SqliteDatabase } from './sqlite.js'

const MS_PER_DAY = 86_400_000

/**
 * Letters and digits that Unicode was given after version 15.0, in hexadecimal: Node knows them, DuckDB 1.5.6 does not, and takes them for
 * punctuation. Found by reading every code point in both ways.
 */
const NEWER = [
  '88f c5c cdc 1c89-1c8a a7cb-a7cf a7d2 a7d4 a7da-a7dc a7f1 105c0-105f3 10940-10959 10d40-10d65',
  '10d6f-10d85 10ec2-10ec7 11380-11389 1138b 1138e 11390-113b5 113b7 113d1 113d3 116d0-116e3',
  '11bc0-11be0 11bf0-11bf9 11db0-11ddb 11de0-11de9 13460-143fa 16100-1611d 16130-16139 16d40-16d6c',
  '16d70-16d79 16ea0-16eb8 16ebb-16ed3 16ff2-16ff6 187f8-187ff 18cff 18d09-18d1e 18d80-18df2',
  '1ccf0-1ccf9 1e5d0-1e5ed 1e5f0-1e5fa 1e6c0-1e6de 1e6e0-1e6e2 1e6e4-1e6e5 1e6e7-1e6ed 1e6f0-1e6f4',
  '1e6fe-1e6ff 2b73a-2b73f 2cea2-2cead 2ebf0-2ee5d 323b0-33479',
]
const UNKNOWN_LETTER = new RegExp(
  `[${NEWER.join(' ')
    .replaceAll(/[0-9a-f]+/g, (code) => `\\u{${code}}`)
    .replaceAll(' ', '')}]`,
  'u',
)

/** Whether DuckDB and a small workbench read a text in the same way. */
export const isReadAlike = (text: string): boolean => !UNKNOWN_LETTER.test(text)

/** Letter by letter, as DuckDB does: what one letter becomes does not depend on its neighbours, and stays one letter. */
function lower(text: string): string {
  if (/^[\0-\x7f]*$/.test(text)) return text.toLowerCase()
  return [...text].map((letter) => single(letter, letter.toLowerCase())).join('')
}

function upper(text: string): string {
  if (/^[\0-\x7f]*$/.test(text)) return text.toUpperCase()
  return [...text].map((letter) => single(letter, letter.toUpperCase())).join('')
}

const single = (letter: string, changed: string): string => ([...changed].length === 1 ? changed : letter)

const withoutAccents = (text: string): string => text.normalize('NFD').replaceAll(/\p{M}/gu, '').normalize('NFC')

/** Of bytes, as DuckDB has it. */
export function jaroWinkler(one: string, other: string): number {
  const [a, b] = [Buffer.from(one), Buffer.from(other)]
  const similarity = jaro(a, b)
  if (similarity <= 0.7) return similarity
  let prefix = 0
  while (prefix < Math.min(4, a.length, b.length) && a[prefix] === b[prefix]) prefix += 1
  return similarity + prefix * 0.1 * (1 - similarity)
}

function jaro(a: Buffer, b: Buffer): number {
  if (a.length === 0 || b.length === 0) return a.length === b.length ? 1 : 0
  const reach = Math.max(Math.floor(Math.max(a.length, b.length) / 2) - 1, 0)
  const taken = new Set<number>()
  const matched: number[] = []
  for (let at = 0; at < a.length; at += 1) {
    for (let place = Math.max(at - reach, 0); place <= Math.min(at + reach, b.length - 1); place += 1) {
      if (taken.has(place) || a[at] !== b[place]) continue
      taken.add(place)
      matched.push(at)
      break
    }
  }
  if (matched.length === 0) return 0
  const theirs = [...taken].sort((x, y) => x - y)
  const moved = matched.filter((at, index) => a[at] !== b[theirs[index] ?? 0]).length
  const same = matched.length
  return (same / a.length + same / b.length + (same - Math.floor(moved / 2)) / same) / 3
}

/** A statement asks with the same few again and again. */
const patterns = new Map<string, RegExp>()

function patternOf(text: string, flags: string): RegExp {
  const key = `${flags} ${text}`
  const pattern = patterns.get(key) ?? new RegExp(text, flags)
  patterns.set(key, pattern)
  return pattern
}

type Extreme = { readonly value: unknown; readonly by: string | number } | null

export function addTextFunctions(database: SqliteDatabase): void {
  const exact = { deterministic: true, varargs: true } as const
  /** NULL where any value is. */
  const add = (name: string, work: (...values: never[]) => unknown) =>
    database.function(name, exact, (...values: unknown[]) =>
      values.includes(null) ? null : work(...(values as never[])),
    )
  // SQLite has these itself, for a number of values; only the same number takes their place.
  for (const [name, work] of [
    ['lower', lower],
    ['upper', upper],
    ['trim', trimmed],
  ] as const) {
    database.function(name, { deterministic: true }, (text: unknown) => (text === null ? null : work(String(text))))
  }
  add('strip_accents', withoutAccents)
  add('contains', (text: string, part: string) => BigInt(text.includes(part)))
  add('starts_with', (text: string, part: string) => BigInt(text.startsWith(part)))
  add('split_part', (text: string, by: string, place: number) => text.split(by)[place - 1] ?? '')
  add('regexp_replace', (text: string, pattern: string, by: string) => text.replace(patternOf(pattern, 'gu'), by))
  add(
    'regexp_extract',
    (text: string, pattern: string, group: number) => patternOf(pattern, 'u').exec(text)?.[group] ?? '',
  )
  add('chr', (code: number) => String.fromCodePoint(code))
  add('jaro_winkler_similarity', jaroWinkler)
  add('json_extract_string', (json: string, path: string) => textAt(json, path))
  add('date_diff', (_: string, from: string, to: string) =>
    BigInt(Math.round((Date.parse(to) - Date.parse(from)) / MS_PER_DAY)),
  )
  // Only ever compared for being the same.
  database.function('hash', { ...exact, safeIntegers: true }, (...values: unknown[]) =>
    JSON.stringify(values.map((value) => (typeof value === 'bigint' ? String(value) : value))),
  )
  database.aggregate<{ readonly value: unknown } | null>('first', {
    start: null,
    step: (before, value) => before ?? { value },
    result: (found) => found?.value ?? null,
  })
  for (const [name, sign] of [
    ['arg_max', 1],
    ['arg_min', -1],
  ] as const) {
    const extreme = {
      start: null,
      step: (before: Extreme, value: unknown, by: string | number | null): Extreme =>
        value === null || by === null || (before !== null && sign * compareBy(by, before.by) <= 0)
          ? before
          : { value, by },
      result: (found: Extreme) => found?.value ?? null,
    }
    // The types of the library know aggregates of one value only.
    database.aggregate(name, extreme as unknown as Parameters<SqliteDatabase['aggregate']>[1])
  }
}

const compareBy = (a: string | number, b: string | number): number =>
  typeof a === 'number' && typeof b === 'number' ? a - b : compareTexts(String(a), String(b))

/** A text at a place such as `$.work_id`. */
function textAt(json: string, path: string): string | null {
  const value = (JSON.parse(json) as Record<string, unknown>)[path.slice(2)]
  return value == null ? null : typeof value === 'string' ? value : JSON.stringify(value)
}
