/** A custom relation has one table, whichever feeds deliver it: all of them must define it alike. */
import { InputError } from '../errors.js'
import { RELATIONS, type Relation } from '../model/relations.js'
import type { Evidence } from '../store/duckdb.js'
import { storedRelations } from '../store/evidence/schema.js'

/**
 * Throws InputError `relation-differs` where a feed delivers a custom relation whose key or columns are not those by which
 * the evidence keeps the relation of that name: its rows would be told apart by the other key, or go into other columns.
 */
export async function demandSameDefinitions(db: Evidence, feed: string, relations: readonly Relation[]): Promise<void> {
  const custom = relations.filter(({ name }) => !(name in RELATIONS))
  if (custom.length === 0) return
  const stored = new Map((await storedRelations(db)).map((relation) => [relation.name, relation]))
  for (const relation of custom) {
    const before = stored.get(relation.name)
    if (before === undefined) continue
    const difference = differenceOf(before, relation)
    if (difference !== null) throw otherDefinition(relation, feed, await feedsOf(db, relation), difference)
  }
}

interface Difference {
  readonly what: 'key' | 'columns'
  readonly then: string
  readonly now: string
}

/** The order of the columns does not matter, nor that of the key. */
function differenceOf(before: Relation, relation: Relation): Difference | null {
  const list = (texts: readonly string[]): string => [...texts].sort().join(', ')
  const compare = (what: Difference['what'], textsOf: (of: Relation) => readonly string[]): Difference | null => {
    const [then, now] = [list(textsOf(before)), list(textsOf(relation))]
    return then === now ? null : { what, then, now }
  }
  return (
    compare('key', ({ key }) => key) ??
    compare('columns', ({ columns }) => columns.map(({ name, kind }) => `${name} (${kind})`))
  )
}

/** The feeds that have delivered a relation, by name. */
async function feedsOf(db: Evidence, { name }: Relation): Promise<string[]> {
  const rows = await db.rows(
    `SELECT DISTINCT feed FROM snapshot_relations JOIN snapshots USING (snapshot_no) JOIN feeds USING (feed_no)
     WHERE relation = $name ORDER BY feed`,
    { name },
  )
  return rows.map((row) => String(row.feed))
}

function otherDefinition(
  { name }: Relation,
  feed: string,
  feeds: readonly string[],
  { what, then, now }: Difference,
): InputError {
  const isOwn = feeds.length === 1 && feeds[0] === feed
  const word = what === 'key' ? 'another key' : 'other columns'
  return new InputError(
    `The mapping of ${feed} defines the relation ${name} with ${word} than ${isOwn ? 'before' : feeds.join(', ')}. Nothing was ingested.`,
    {
      code: 'relation-differs',
      excerpt: name,
      examples: [`${isOwn ? 'before' : feeds.join(', ')}: ${what} ${then}`, `${isOwn ? 'now' : feed}: ${what} ${now}`],
      suggestions: [
        `Give the relation a name of its own in the mapping, e.g. relation: ${feed.split('/').at(-1)}_${name}`,
        `Or define it in the mapping as ${isOwn ? 'it was' : 'the other feed does'}`,
      ],
    },
  )
}
