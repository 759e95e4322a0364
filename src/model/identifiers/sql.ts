/**
 * The identifier rules as DuckDB SQL text, made from the same specifications as `parse.ts`. Nothing here throws at run
 * time, whatever text the column holds. Expressions are inserted as they are: pass column names, never data.
 */
import { arithmeticInSql } from './arithmetic.js'
import { IDENTIFIERS, type IdentifierKind, SEPARATORS } from './specs.js'

const quote = (text: string) => `'${text.replaceAll("'", "''")}'`
const LETTERS = 'abcdefghijklmnopqrstuvwxyz'

/** Separators out, ASCII letters raised, whatever the text. */
function stripped(expression: string): string {
  const bare = `regexp_replace(${expression}, ${quote(SEPARATORS)}, '', 'g')`
  return `translate(${bare}, '${LETTERS}', '${LETTERS.toUpperCase()}')`
}

/** The same for texts of ASCII letters, digits and separators: four times cheaper. */
function strippedPlain(expression: string): string {
  return `upper(${[' ', '.', '-'].reduce((inner, separator) => `replace(${inner}, '${separator}', '')`, expression)})`
}

function padding(kind: IdentifierKind, expression: string): string {
  const { padded } = IDENTIFIERS[kind]
  if (padded === undefined) return expression
  const matches = `regexp_full_match(${expression}, '${padded.pattern}')`
  return `CASE WHEN ${matches} THEN lpad(${expression}, ${padded.length}, '0') ELSE ${expression} END`
}

/**
 * SQL for the normalised text of an identifier expression (VARCHAR in, VARCHAR out), equal to `parseIdentifier`'s;
 * NULL for NULL and for a text of which nothing is left. The spelling of most dumps is tried first, as it is.
 */
export function sqlNormalised(kind: IdentifierKind, expression: string): string {
  const { pattern, padded, everyday, label } = IDENTIFIERS[kind]
  const spelling = padded?.pattern ?? pattern
  const asIs = padded === undefined ? expression : `lpad(${expression}, ${padded.length}, '0')`
  const plain =
    everyday === undefined
      ? ''
      : ` WHEN regexp_full_match(${expression}, '${everyday}') THEN ${padding(kind, strippedPlain(expression))}`
  const unlabelled = `regexp_replace(${stripped(expression)}, '^(?:${label}):{0,2}(${spelling})$', '\\1')`
  return (
    `(CASE WHEN regexp_full_match(${expression}, '${spelling}') THEN ${asIs}${plain}` +
    ` ELSE nullif(${padding(kind, unlabelled)}, '') END)`
  )
}

/** SQL for whether a *normalised* identifier expression is valid (BOOLEAN, false for NULL and for a wrong pattern). */
export function sqlIsValid(kind: IdentifierKind, normalised: string): string {
  const { pattern, check, zerosAreBlank } = IDENTIFIERS[kind]
  const matches = `regexp_full_match(${normalised}, '${pattern}')`
  const notBlank = zerosAreBlank === true ? ` AND NOT regexp_full_match(${normalised}, '0+')` : ''
  const agrees = check === undefined ? 'true' : check(arithmeticInSql(normalised))
  return `(CASE WHEN ${matches}${notBlank} THEN ${agrees} ELSE false END)`
}

/**
 * SQL for the valid identifiers of a `|`-separated VARCHAR expression: normalised, without repetition, in character
 * order, joined by `|`; NULL when there is none. Equal to `validIdentifiers`. One valid identifier as it should be, the
 * usual case, is seen first and costs no list.
 */
export function sqlValidList(kind: IdentifierKind, expression: string): string {
  const valid = (list: string) => `list_filter(${list}, lambda v: ${sqlIsValid(kind, 'v')})`
  const one = `${valid(`[${sqlNormalised(kind, expression)}]`)}[1]`
  const parts = `list_transform(string_split(${expression}, '|'), lambda g: ${sqlNormalised(kind, 'g')})`
  const many = `nullif(array_to_string(list_sort(list_distinct(${valid(parts)})), '|'), '')`
  const asIs = `WHEN ${sqlIsValid(kind, expression)} THEN ${expression}`
  return `(CASE ${asIs} WHEN contains(${expression}, '|') THEN ${many} ELSE ${one} END)`
}
