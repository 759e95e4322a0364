/** Rows as they come, change, vanish and return over the deliveries of a feed, each known by its natural key. */
import type { Chance } from '../../fuzz/chance.js'
import type { Cells } from '../deliveries.js'

/** Natural keys of the plain input format (contract 1). */
const KEYS: Readonly<Record<string, readonly string[]>> = {
  parties: ['party_id'],
  works: ['work_id'],
  recordings: ['recording_id'],
  links: ['recording_id', 'work_id'],
  shares: ['work_id', 'party_id', 'role', 'chain', 'share_kind', 'right', 'territories', 'valid_from'],
  licences: ['licence_id'],
  affiliations: ['party_id', 'licensor_party_id', 'right', 'territories', 'valid_from'],
  right_weights: ['territories', 'valid_from'],
}

/** A row as it first stands, and what it may become; the key stays. */
export interface Seed {
  readonly relation: string
  readonly row: Cells
  /** How it may look later; without it the row never changes, but may vanish. */
  readonly changed?: (row: Cells) => Cells
  /** It never changes nor vanishes. */
  readonly isFixed?: boolean
}

export interface Track {
  readonly relation: string
  readonly key: Cells
  /** For each delivery, in order of publication, the rows with this key. */
  readonly states: readonly (readonly Cells[])[]
}

const keyOf = (relation: string, row: Cells): Cells =>
  Object.fromEntries((KEYS[relation] ?? []).map((column) => [column, row[column] ?? '']))

/** The states of one row over the deliveries. */
function statesOf(chance: Chance, { row, changed, isFixed }: Seed, count: number): (Cells | null)[] {
  const states: (Cells | null)[] = []
  let latest = row
  let isThere = isFixed === true || !chance.oneIn(10)
  for (let place = 0; place < count; place += 1) {
    if (place > 0 && isFixed !== true) {
      if (changed !== undefined && chance.oneIn(5)) latest = changed(latest)
      isThere = isThere ? !chance.oneIn(12) : chance.oneIn(2)
    }
    states.push(isThere ? latest : null)
  }
  return states
}

/** One track for each key; now and then several rows under one key, which then all count. */
export function tracksOf(chance: Chance, seeds: readonly Seed[], count: number): Track[] {
  const tracks = new Map<string, { relation: string; key: Cells; states: Cells[][] }>()
  for (const seed of seeds) {
    const key = keyOf(seed.relation, seed.row)
    const name = JSON.stringify([seed.relation, ...Object.values(key)])
    const track = tracks.get(name)
    // A second row of the key differs from the first, or is left out; of shares alone.
    if (track !== undefined && (seed.relation !== 'shares' || !chance.oneIn(2))) continue
    const states = statesOf(chance, seed, count).map((row) => (row === null ? [] : [row]))
    const { states: before = states.map(() => []) } = track ?? {}
    tracks.set(name, {
      relation: seed.relation,
      key,
      states: states.map((rows, at) => [...(before[at] ?? []), ...rows]),
    })
  }
  return [...tracks.values()]
}

/** The rows of a relation in a full delivery. */
export const rowsAt = (tracks: readonly Track[], relation: string, place: number): Cells[] =>
  tracks.filter((track) => track.relation === relation).flatMap(({ states }) => states[place] ?? [])

/** The rows of a relation in a delta: what changed since the delivery before, now and then what did not. */
export function changesAt(chance: Chance, tracks: readonly Track[], relation: string, place: number): Cells[] {
  return tracks
    .filter((track) => track.relation === relation)
    .flatMap(({ key, states }) => {
      const [before = [], now = []] = [states[place - 1], states[place]]
      if (JSON.stringify(before) === JSON.stringify(now)) return chance.oneIn(8) ? now : []
      return now.length === 0 ? [{ ...key, op: 'delete' }] : now
    })
}
