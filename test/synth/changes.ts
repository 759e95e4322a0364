/** The true changes of each delivery against a plain comparison of what the files hold, key by key. */
import { expect, it } from 'vitest'
import { RELATIONS, type RelationName } from '../../src/model/relations.js'
import type { Catalogue, CatalogueDelivery } from './kit.js'

/** Key as JSON text → the whole row as JSON text. */
type State = Map<string, string>

const relationNames = Object.keys(RELATIONS) as RelationName[]

async function contentOf(
  catalogue: Catalogue,
  delivery: CatalogueDelivery,
  relation: RelationName,
): Promise<State | null> {
  const file = catalogue.fileOf(delivery, relation)
  if (file === null) return null
  const { columns, key } = RELATIONS[relation]
  const texts = columns.map(({ name }) => `"${name}"::VARCHAR AS "${name}"`)
  const rows = await catalogue.rows(`SELECT ${texts.join(', ')} FROM read_parquet('${file}')`)
  const state: State = new Map()
  for (const row of rows) {
    const id = JSON.stringify(key.map((name) => row[name]))
    expect(state.has(id), `${delivery.folder} ${relation}: ${id} twice`).toBe(false)
    state.set(id, JSON.stringify(row))
  }
  return state
}

/** Lines `relation op key` of what changes a state into another; nothing is deleted where rows are missing. */
function compared(relation: string, before: State, after: State, isPartial: boolean): string[] {
  const lines: string[] = []
  for (const [key, row] of after) {
    const known = before.get(key)
    if (known === undefined) lines.push(`${relation} create ${key}`)
    else if (known !== row) lines.push(`${relation} update ${key}`)
  }
  if (!isPartial) for (const key of before.keys()) if (!after.has(key)) lines.push(`${relation} delete ${key}`)
  return lines
}

async function statedTruth(catalogue: Catalogue, delivery: CatalogueDelivery): Promise<string[]> {
  const slug = delivery.feed.split('/')[0]
  const { sequence } = catalogue.feedFileOf(delivery)
  const rows = await catalogue.rows<{ relation: RelationName; key: string; op: string; feed: string }>(
    `SELECT feed, relation, "key", op FROM ${catalogue.truth(`changes/${slug}/${sequence}.parquet`)}`,
  )
  return rows.map(({ feed, relation, key, op }) => {
    expect(feed).toBe(delivery.feed)
    const values = JSON.parse(key) as Record<string, string | null>
    return `${relation} ${op} ${JSON.stringify(RELATIONS[relation].key.map((name) => values[name]))}`
  })
}

export function tellsChanges(catalogue: () => Catalogue, { hasLate }: { readonly hasLate: boolean }): void {
  it('change what the truth says, no more and no less', async () => {
    const states = new Map<string, State>()
    const newest = new Map<string, string>()
    const seen = { create: 0, update: 0, delete: 0, late: 0, partial: 0 }
    for (const delivery of catalogue().settings.deliveries) {
      const { feed, published } = delivery
      const isFirst = !newest.has(feed)
      const isLate = (newest.get(feed) ?? '') > published
      if (!isLate) newest.set(feed, published)
      const announced = catalogue().feedFileOf(delivery).rows ?? {}
      const found: string[] = []
      for (const relation of relationNames) {
        const content = await contentOf(catalogue(), delivery, relation)
        if (content === null || isLate) continue
        const isPartial = announced[relation] !== undefined && announced[relation] !== content.size
        if (isPartial) seen.partial += 1
        const before = states.get(`${feed} ${relation}`) ?? new Map()
        if (!isFirst) found.push(...compared(relation, before, content, isPartial))
        states.set(`${feed} ${relation}`, isPartial ? new Map([...before, ...content]) : content)
      }
      if (isFirst) continue
      if (isLate) seen.late += 1
      for (const line of found) seen[line.split(' ')[1] as 'create'] += 1
      expect((await statedTruth(catalogue(), delivery)).sort(), delivery.folder).toEqual(found.sort())
    }
    expect(seen.partial).toBeGreaterThan(0)
    expect(seen.late > 0).toBe(hasLate)
    expect(Math.min(seen.create, seen.update, seen.delete)).toBeGreaterThan(0)
  })
}
