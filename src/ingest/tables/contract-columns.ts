/** Which columns a table must have, and which relation its columns speak of. */
import { RELATIONS, type Relation, type RelationName } from '../../model/relations.js'

/** The relations of the plain input format; the others come from formats of their own. */
export const TABLE_RELATIONS = [
  'parties',
  'works',
  'recordings',
  'links',
  'shares',
  'licences',
  'affiliations',
  'right_weights',
  'usage',
] as const satisfies readonly RelationName[]

/** Columns that must be there; a share may be empty (unknown), but not left out. */
export function requiredColumns(relation: Relation): string[] {
  const required = relation.columns.filter((column) => column.required === true).map(({ name }) => name)
  return relation.name === 'shares' ? [...required, 'share'] : required
}

/** The one relation whose required columns are all among these names; null for none or several. */
export function relationOfColumns(names: readonly string[]): RelationName | null {
  const present = new Set(names.map((name) => name.trim().toLowerCase()))
  const fitting = TABLE_RELATIONS.filter((name) =>
    requiredColumns(RELATIONS[name]).every((column) => present.has(column)),
  )
  return fitting.length === 1 ? (fitting[0] ?? null) : null
}

const isRelation = (name: string): name is RelationName => Object.hasOwn(RELATIONS, name)

/**
 * The relation that a file is named after: `shares.csv`, `shares.tsv.gz`, `shares.part2.csv`, `shares-2.csv`; null for
 * other names.
 */
export function relationOfName(name: string): RelationName | null {
  const base = name.split('/').pop() ?? name
  const stem = (base.split('.')[0] ?? base).trim().toLowerCase()
  const plain = stem.replace(/[-_ ](part[-_ ]?)?\d+$/, '')
  return isRelation(stem) ? stem : isRelation(plain) ? plain : null
}
