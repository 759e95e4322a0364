/** A hit as it is shown. */
import { displayIdentifier, parseIdentifier } from '../../model/identifiers/parse.js'
import type { IndexedBody, StoredDocument } from '../../store/search/document.js'
import { type DocumentKind, kindOfNumber } from '../../store/search/document.js'
import type { Tier } from './score.js'

export interface Hit {
  readonly kind: DocumentKind
  /** What `recital lookup` takes: the identifier, else the id of the first feed. */
  readonly id: string
  readonly code: { readonly as: 'isrc' | 'iswc' | 'ipi'; readonly text: string; readonly display: string } | null
  readonly title: string
  /** Artist of a recording, writers of a work, kind of a party. */
  readonly by: string | null
  readonly version: string | null
  readonly label: string | null
  readonly year: number | null
  /** Other titles or names. */
  readonly others: readonly string[]
  /** Labels of a recording, publishers and administrators of a work. */
  readonly owners: readonly string[]
  readonly streams: number
  /** Nobody states it any more. */
  readonly isWithdrawn: boolean
  /** Feeds and their ids. */
  readonly feeds: readonly { readonly feed: string; readonly id: string }[]
  readonly score: number
  /** Why it stands where it does. */
  readonly found: Tier
  /** Its number in the index: the last word on the order. */
  readonly place: number
}

const CODES = { recording: ['isrc', 'isrc'], work: ['iswc', 'iswc'], party: ['ipi-name', 'ipi'] } as const

function codeOf(kind: DocumentKind, body: IndexedBody): Hit['code'] {
  const [scheme, as] = CODES[kind]
  const texts = (body.c ?? []).flatMap((text) => text.split('|'))
  const text = texts.find(
    (one) => parseIdentifier(scheme, one).normalised === one && parseIdentifier(scheme, one).valid,
  )
  return text === undefined ? null : { as, text, display: displayIdentifier(scheme, text) }
}

const orNull = (text: string | null | undefined): string | null => (text == null || text === '' ? null : text)

export interface Scored {
  readonly document: StoredDocument
  readonly body: IndexedBody
  readonly tier: Tier
  readonly score: number
}

export function hitOf({ document, body, tier, score }: Scored): Hit {
  const kind = kindOfNumber(document.id)
  const code = codeOf(kind, body)
  const feeds = (body.f ?? []).map(({ f, i }) => ({ feed: f, id: i }))
  const names = [...(body.x ?? []), ...(body.z ?? []).flatMap((text) => text.split('|'))]
  return {
    kind,
    id: code?.text ?? feeds[0]?.id ?? '',
    code,
    title: body.t,
    by: orNull(body.b),
    version: orNull(body.v),
    label: orNull(body.l),
    year: body.y ?? null,
    others: [...new Set(names)].filter((name) => name !== body.t),
    owners: body.o ?? [],
    streams: document.streams,
    isWithdrawn: !body.s,
    feeds,
    score,
    found: tier,
    place: document.id,
  }
}
