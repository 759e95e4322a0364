/**
 * Mappings: how the columns of any table become those of a relation, or of a custom relation (contract 2).
 * The file is read here; its SQL expressions are checked against the columns of each source in `expressions.ts`.
 */
import { z } from 'zod'
import type { InputError } from '../../errors.js'
import { type Column, type ColumnKind, RELATIONS, type Relation, type RelationName } from '../../model/relations.js'
import { nearestName } from '../../model/text/near-miss.js'
import { readYaml, type YamlFile } from '../../model/text/yaml.js'
import { checksSchema, type GivenChecks, type GuardMode, guardsSchema } from '../../snapshots/index.js'
import { endDatesSchema, feedNameSchema, scopeSchema } from '../feed-file.js'
import { requiredColumns } from './contract-columns.js'

/** The pseudo-column that says `delete` in a delta. */
export const OPERATION = 'op'

export interface MappedColumn {
  /** Column of the relation, or `op`. */
  readonly target: string
  /** A source column's name or an SQL scalar expression over source columns. */
  readonly source: string
  /** A failure at this place of the mapping file. */
  failure(message: string, suggestions?: readonly string[]): InputError
}

export interface Mapping {
  /** The mapping file as it was written. */
  readonly text: string
  /** The same without `alerts`, `guards` and `checks`, which are no part of how the content is read. */
  readonly reading: string
  readonly relation: Relation
  readonly isCustom: boolean
  /** Null: the source's columns already have the relation's names. */
  readonly columns: readonly MappedColumn[] | null
  /** Words that may be names of source columns, to tell the delimiter of a file by. */
  readonly sourceNames: readonly string[]
  readonly scope?: 'full' | 'delta'
  readonly endDates?: 'exclusive' | 'inclusive'
  readonly feed?: string
  readonly provider?: string
  /** Path of a file of alert rules, from the folder of the mapping. */
  readonly alerts?: string
  readonly guards?: GuardMode
  readonly checks?: GivenChecks
}

/** Type words of mapping files by the kind of column they make. */
const KINDS: Readonly<Record<string, ColumnKind>> = {
  text: 'text',
  integer: 'integer',
  decimal: 'decimal',
  date: 'date',
  'end-date': 'end-date',
  share: 'share',
  fraction: 'fraction',
  code: 'code',
  territories: 'territories',
  territory: 'territory',
  isrc: 'isrc',
  iswc: 'iswc',
  'ipi-name': 'ipi-name',
  'ipi-base': 'ipi-base',
  isni: 'isni',
  upc: 'upc',
}

const NAME = /^[\p{L}_][\p{L}\p{N}_ .-]*$/u
const name = z.string().regex(NAME, 'must be a name that begins with a letter')
const source = z.union([z.string().min(1), z.number().transform(String)], 'must be a column or an expression')

const mappingSchema = z.strictObject({
  relation: z.string().regex(/^[a-z][a-z0-9_-]*$/, 'must be lower-case letters, digits, "_" and "-"'),
  key: z
    .union([name.transform((one) => [one]), z.array(name).min(1)], 'must be a column or a list of columns')
    .optional(),
  columns: z.union([z.record(name, source), z.array(name)], 'must be target: source column or expression').optional(),
  types: z.record(name, z.string(), 'must be column: type').optional(),
  scope: scopeSchema.optional(),
  end_dates: endDatesSchema.optional(),
  feed: feedNameSchema.optional(),
  provider: z.string().trim().min(1, 'must not be empty').optional(),
  alerts: z.string().trim().min(1, 'must be the path of a rule file').optional(),
  guards: guardsSchema.optional(),
  checks: checksSchema.optional(),
})

type MappingFile = YamlFile<z.output<typeof mappingSchema>>

const isKnown = (relation: string): relation is RelationName => Object.hasOwn(RELATIONS, relation)

/** The kind of column that a type word makes: `decimal(12,2)` is a decimal; null for an unknown word. */
function kindOf(type: string): ColumnKind | null {
  const plain = type.trim().toLowerCase()
  const digits = /^decimal\s*\(\s*(\d+)\s*(?:,\s*(\d+)\s*)?\)$/.exec(plain)
  if (digits === null) return Object.hasOwn(KINDS, plain) ? (KINDS[plain] ?? null) : null
  const scale = Number(digits[2] ?? 0)
  return scale <= 10 && Number(digits[1]) - scale <= 18 && Number(digits[1]) >= scale ? 'decimal' : null
}

/**
 * Reads the text of a mapping file.
 * Throws InputError `invalid-yaml`, `unknown-key`, `invalid-setting`, with file, line and column.
 */
export function readMapping(text: string, file: string): Mapping {
  const yaml = readYaml(text, file, mappingSchema)
  const { relation: relationName, scope, end_dates: endDates, feed, provider, alerts, guards, checks } = yaml.value
  const columns = mappedColumns(yaml)
  const known = isKnown(relationName) ? knownRelation(relationName, yaml, columns) : null
  const relation = known ?? customRelation(relationName, yaml, columns)
  demandOwner(relation, yaml)
  return {
    text,
    reading: yaml.without(['alerts', 'guards', 'checks']),
    relation,
    isCustom: known === null,
    columns,
    sourceNames: columns === null ? requiredColumns(relation) : columns.map((column) => column.source.trim()),
    ...(scope === undefined ? {} : { scope }),
    ...(endDates === undefined ? {} : { endDates }),
    ...(feed === undefined ? {} : { feed }),
    ...(provider === undefined ? {} : { provider }),
    ...(alerts === undefined ? {} : { alerts }),
    ...(guards === undefined ? {} : { guards }),
    ...(checks === undefined ? {} : { checks }),
  }
}

/** Owners are told apart by a column of the relation, whatever it is called in the source. */
function demandOwner(relation: Relation, yaml: MappingFile): void {
  const owner = yaml.value.checks?.owner?.column
  const names = relation.columns.map(({ name: column }) => column)
  if (owner === undefined || names.includes(owner)) return
  const near = nearestName(owner, names)
  throw yaml.failure(['checks', 'owner', 'column'], `${owner} is no column of ${relation.name}.`, [
    near === undefined ? `Columns: ${names.join(', ')}` : `Did you mean ${near}?`,
  ])
}

function mappedColumns(yaml: MappingFile): MappedColumn[] | null {
  const { columns } = yaml.value
  if (columns === undefined) return null
  const pairs = Array.isArray(columns)
    ? columns.map((column, index) => ({ target: column, source: column, path: ['columns', index] }))
    : Object.entries(columns).map(([target, text]) => ({ target, source: text, path: ['columns', target] }))
  const seen = new Set<string>()
  return pairs.map(({ target, source, path }) => {
    const failure: MappedColumn['failure'] = (message, suggestions) =>
      yaml.failure(path, `column ${target}: ${message}`, suggestions)
    if (seen.has(target.toLowerCase())) throw failure('is there twice.')
    seen.add(target.toLowerCase())
    return { target, source, failure }
  })
}

function knownRelation(name: RelationName, yaml: MappingFile, columns: readonly MappedColumn[] | null): Relation {
  const relation: Relation = RELATIONS[name]
  const { key, types } = yaml.value
  if (types !== undefined) throw yaml.failure(['types'], `The columns of ${name} have their own types.`)
  if (key !== undefined && key.join() !== relation.key.join()) {
    throw yaml.failure(['key'], `The key of ${name} is ${relation.key.join(', ')}.`)
  }
  const names = [...relation.columns.map((column) => column.name), OPERATION]
  for (const { target, failure } of columns ?? []) {
    if (names.includes(target)) continue
    const near = nearestName(target, names)
    throw failure(`${name} has no such column.`, [
      near === undefined ? `Columns: ${names.join(', ')}` : `Did you mean ${near}?`,
    ])
  }
  const missing =
    columns === null ? [] : requiredColumns(relation).filter((it) => !columns.some((c) => c.target === it))
  if (missing.length > 0) throw yaml.failure(['columns'], `${name} needs the column ${missing.join(', ')}.`)
  return relation
}

function customRelation(name: string, yaml: MappingFile, columns: readonly MappedColumn[] | null): Relation {
  const { key, types = {} } = yaml.value
  const near = nearestName(name, Object.keys(RELATIONS))
  const suggestions = near === undefined ? [] : [`Did you mean the relation ${near}?`]
  if (columns === null) throw yaml.failure(['relation'], `The custom relation ${name} needs columns.`, suggestions)
  if (key === undefined) throw yaml.failure(['relation'], `The custom relation ${name} needs a key.`, suggestions)
  const targets = columns.map(({ target }) => target).filter((target) => target !== OPERATION)
  for (const [path, listed] of [['key', key] as const, ['types', Object.keys(types)] as const]) {
    const stray = listed.find((column) => !targets.includes(column))
    if (stray === undefined) continue
    const meant = nearestName(stray, targets)
    const at = path === 'key' ? ['key'] : ['types', stray]
    throw yaml.failure(at, `${stray} is not among the columns.`, meant === undefined ? [] : [`Did you mean ${meant}?`])
  }
  const spec = targets.map((target): Column => {
    const kind = kindOf(types[target] ?? 'text')
    if (kind === null) throw unknownType(yaml, target, types[target] ?? '')
    return key.includes(target) ? { name: target, kind, required: true } : { name: target, kind }
  })
  return { name, columns: spec, key, subject: { kind: 'custom', columns: key } }
}

function unknownType(yaml: MappingFile, column: string, type: string): InputError {
  const near = nearestName(type, Object.keys(KINDS))
  return yaml.failure(['types', column], `column ${column}: ${type} is not a type.`, [
    near === undefined ? `Types: ${Object.keys(KINDS).join(', ')}, decimal(p,s)` : `Did you mean ${near}?`,
  ])
}
