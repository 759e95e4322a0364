/** What hangs together with what was looked up: recordings, works and parties, each once, to go to. */
import type { LookupDocument } from './lookup-document.js'

export interface RelatedThing {
  readonly kind: 'recording' | 'work' | 'party'
  /** What `recital lookup` takes. */
  readonly id: string
  readonly title: string
}

const RELATIONS = [
  ['recordings', 'recording', 'isrc', 'recording_id', 'title'],
  ['works', 'work', 'iswc', 'work_id', 'title'],
  ['parties', 'party', 'ipi_name_number', 'party_id', 'name'],
] as const

/** By kind, then in the order of the look-up. */
export function relatedOf({ relations }: LookupDocument): RelatedThing[] {
  return RELATIONS.flatMap(([relation, kind, code, local, name]) => {
    const things = new Map<string, RelatedThing>()
    for (const { values } of relations[relation] ?? []) {
      const id = String(values[code] ?? values[local] ?? '').split('|')[0] ?? ''
      if (id !== '' && !things.has(id)) things.set(id, { kind, id, title: String(values[name] ?? '') })
    }
    return [...things.values()]
  })
}
