/** DuckDB's lists on a small workbench: JSON texts, which are equal where the lists are. */
import type { SqliteDatabase } from './sqlite.js'

type Item = string | number | null
type List = readonly Item[]

const exact = { deterministic: true, varargs: true } as const

const read = (json: unknown): List | null => (json === null ? null : (JSON.parse(String(json)) as List))
const write = (items: List | null): string | null => (items === null ? null : JSON.stringify(items))

/** Byte by byte, as the databases compare texts. */
export function compareTexts(a: string, b: string): number {
  return a === b ? 0 : Buffer.compare(Buffer.from(a), Buffer.from(b))
}

const compareItems = (a: Item, b: Item): number =>
  a === null || b === null ? (a === b ? 0 : a === null ? -1 : 1) : compareTexts(String(a), String(b))

const distinct = (items: List): List => [...new Set(items.filter((item) => item !== null))]

/** From the first to the last place, both counted from 1, or from the end where they are negative. */
function slice(items: List, first: number, last: number): List {
  return items.slice(first - 1, last < 0 ? items.length + last + 1 : last)
}

/** What the statements do to each item; the dialect writes the name for the lambda. */
const EACH: Readonly<Record<string, (item: string) => Item>> = {
  trimmed: (item) => trimmed(item),
  initial: (item) => [...item][0] ?? '',
}

/** Without spaces at both ends, of whatever width. */
export const trimmed = (text: string): string => text.replace(/^\p{Zs}+|\p{Zs}+$/gu, '')

export function addListFunctions(database: SqliteDatabase): void {
  const add = (name: string, work: (...values: never[]) => unknown) =>
    database.function(name, exact, work as (...values: unknown[]) => unknown)
  const onList = (name: string, work: (items: List, ...rest: never[]) => unknown) =>
    add(name, ((json: unknown, ...rest: never[]) => {
      const items = read(json)
      return items === null ? null : work(items, ...rest)
    }) as (...values: never[]) => unknown)
  add('list_value', (...items: Item[]) => write(items))
  add('list_concat', (...lists: unknown[]) => write(lists.flatMap((json) => read(json) ?? [])))
  add('string_split', (text: string | null, by: string) => (text === null ? null : write(text.split(by))))
  onList('list_sort', (items) => write([...items].sort(compareItems)))
  onList('list_distinct', (items) => write(distinct(items)))
  onList('flatten', (items) => write(items.flatMap((json) => read(json) ?? [])))
  onList('list_slice', (items, first: number, last: number) => write(slice(items, first, last)))
  onList('list_extract', (items, place: number) => items[place - 1] ?? null)
  onList('list_last', (items) => items.at(-1) ?? null)
  onList('list_transform', (items, name: string) =>
    write(items.map((item) => (item === null ? null : (EACH[name]?.(String(item)) ?? null)))),
  )
  onList('list_filter', (items) => write(items.filter((item) => item !== null)))
  onList('list_contains', (items, item: Item) => (item === null ? null : BigInt(items.includes(item))))
  onList('list_has_any', (items, other: string | null) =>
    other === null ? null : BigInt(distinct(items).some((item) => read(other)?.includes(item))),
  )
  onList('list_has_all', (items, other: string | null) =>
    other === null ? null : BigInt(distinct(read(other) ?? []).every((item) => items.includes(item))),
  )
  onList('array_to_string', (items, by: string) => {
    const present = items.filter((item) => item !== null)
    return present.length === 0 ? null : present.join(by)
  })
  onList('len', (items) => BigInt(items.length))
  onList('to_json', (items) => write(items))
  database.aggregate<Item[]>('list', {
    start: () => [],
    step: (items, item: Item) => {
      items.push(item)
    },
    // Of no rows there is no list.
    result: (items) => (items.length === 0 ? null : write(items)),
  })
}
