/** How two texts may say the same in other ways, as SQL; and in which ways they say something else. */

/** Why two values differ. `representation`: they mean the same. */
export interface Cause {
  readonly cause: string
  readonly kind: 'representation' | 'value'
  /** SQL condition on two texts that are not equal. */
  readonly holds: (ours: string, theirs: string) => string
}

const NUMBER = `'[+-]?([0-9]{1,26}([.][0-9]{0,12})?|[.][0-9]{1,12})'`
const INSTANT = `'[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]{1,6})?)?(Z|[+-][0-9]{2}(:?[0-9]{2})?)?)?'`

/** SQL of the exact number that a text is; NULL for any other text. */
export const numberOf = (text: string): string =>
  `CASE WHEN regexp_full_match(${text}, ${NUMBER}) THEN TRY_CAST(${text} AS DECIMAL(38,12)) END`

/** SQL of the instant that a text is, UTC where it names no zone; NULL for any other text. */
const instantOf = (text: string): string =>
  `CASE WHEN regexp_full_match(${text}, ${INSTANT}) THEN TRY_CAST(${text} AS TIMESTAMPTZ) END`

/** SQL of a text without what does not matter: NULL and words for it, outer blanks, case, Unicode form. */
const folded = (text: string): string =>
  `CASE WHEN lower(trim(${text})) IN ('null', '\\n') THEN '' ELSE lower(trim(nfc_normalize(coalesce(${text}, '')))) END`

const normal = (text: string): string =>
  `coalesce((${numberOf(`(${folded(text)})`)})::VARCHAR, epoch_us(${instantOf(`upper(${folded(text)})`)})::VARCHAR, ${folded(text)})`

const sameBy = (form: (text: string) => string) => (ours: string, theirs: string) =>
  `(${form(ours)}) = (${form(theirs)})`
const both = (form: (text: string) => string) => (ours: string, theirs: string) =>
  `(${form(ours)}) IS NOT NULL AND (${form(theirs)}) IS NOT NULL`

const QUARTER_HOUR = 900
const FARTHEST_ZONES = 26 * 3600

/** In the order in which they are tried; the last always holds. */
export const CAUSES: readonly Cause[] = [
  {
    cause: 'null-empty',
    kind: 'representation',
    holds: sameBy((t) => `CASE WHEN lower(trim(${t})) IN ('null', '\\n') THEN '' ELSE coalesce(${t}, '') END`),
  },
  { cause: 'blanks', kind: 'representation', holds: sameBy((t) => `trim(${t})`) },
  { cause: 'case', kind: 'representation', holds: sameBy((t) => `lower(${t})`) },
  { cause: 'unicode', kind: 'representation', holds: sameBy((t) => `nfc_normalize(${t})`) },
  { cause: 'number', kind: 'representation', holds: sameBy(numberOf) },
  { cause: 'date-time', kind: 'representation', holds: sameBy(instantOf) },
  { cause: 'several', kind: 'representation', holds: sameBy(normal) },
  { cause: 'missing-ours', kind: 'value', holds: (ours) => `coalesce(${ours}, '') = ''` },
  { cause: 'missing-theirs', kind: 'value', holds: (_, theirs) => `coalesce(${theirs}, '') = ''` },
  { cause: 'other-number', kind: 'value', holds: both(numberOf) },
  {
    cause: 'time-zone',
    kind: 'value',
    holds: (ours, theirs) => {
      const apart = `abs(epoch_us(${instantOf(ours)}) - epoch_us(${instantOf(theirs)})) / 1000000`
      return `${apart} <= ${FARTHEST_ZONES} AND ${apart} % ${QUARTER_HOUR} = 0 AND length(${ours}) > 10 AND length(${theirs}) > 10`
    },
  },
  { cause: 'other-date', kind: 'value', holds: both(instantOf) },
  { cause: 'other-text', kind: 'value', holds: () => 'true' },
]

/** SQL of the cause and kind of a difference, e.g. `representation:case`. */
export const causeSql = (ours: string, theirs: string): string =>
  `CASE ${CAUSES.map(({ cause, kind, holds }) => `WHEN ${holds(ours, theirs)} THEN '${kind}:${cause}'`).join(' ')} END`

/** SQL by which keys that are written in other ways find one another. */
export const looseKey = (columns: readonly string[]): string => `[${columns.map(normal).join(', ')}]`
