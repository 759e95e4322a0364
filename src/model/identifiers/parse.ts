/** Music identifiers, one text at a time. The same rules over tables: `sql.ts`. */
import { arithmeticOnText } from './arithmetic.js'
import { IDENTIFIER_KINDS, IDENTIFIERS, type IdentifierKind, SEPARATORS } from './specs.js'

export interface ParsedIdentifier {
  /** The text as received. */
  given: string
  /** Upper case, without separators and label, padded where the kind is padded; `''` when nothing is left. */
  normalised: string
  valid: boolean
  /** `pattern`: not of this kind at all; `check-digit`: well formed, but the check character disagrees. */
  problem: null | 'pattern' | 'check-digit'
}

interface Matchers {
  readonly whole: RegExp
  readonly padded: RegExp | null
  readonly labelled: RegExp
}

const separators = new RegExp(SEPARATORS, 'g')

const MATCHERS = Object.fromEntries(
  IDENTIFIER_KINDS.map((kind): [string, Matchers] => {
    const { pattern, padded, label } = IDENTIFIERS[kind]
    const spelling = padded?.pattern ?? pattern
    return [
      kind,
      {
        whole: new RegExp(`^${pattern}$`),
        padded: padded === undefined ? null : new RegExp(`^${padded.pattern}$`),
        labelled: new RegExp(`^(?:${label}):{0,2}(${spelling})$`),
      },
    ]
  }),
) as Record<IdentifierKind, Matchers>

function normalise(kind: IdentifierKind, text: string): string {
  const { padded, labelled } = MATCHERS[kind]
  // Only ASCII letters are raised: a character that merely becomes an S or an I in upper case is not one.
  const bare = text.replace(separators, '').replace(/[a-z]+/g, (letters) => letters.toUpperCase())
  const unlabelled = labelled.exec(bare)?.[1] ?? bare
  return padded?.test(unlabelled) ? unlabelled.padStart(IDENTIFIERS[kind].padded?.length ?? 0, '0') : unlabelled
}

/**
 * One identifier text normalised and checked; never fails, whatever the text.
 * Rules: ISO 3901 (ISRC), ISO 15707 (ISWC), CISAC IPI, ISO 27729 (ISNI), GS1 GTIN, IFPI GRid, DDEX DPID.
 */
export function parseIdentifier(kind: IdentifierKind, text: string): ParsedIdentifier {
  const normalised = normalise(kind, text)
  const { check, zerosAreBlank } = IDENTIFIERS[kind]
  const blank = zerosAreBlank === true && /^0+$/.test(normalised)
  if (blank || !MATCHERS[kind].whole.test(normalised))
    return { given: text, normalised, valid: false, problem: 'pattern' }
  const valid = check === undefined || check(arithmeticOnText(normalised))
  return { given: text, normalised, valid, problem: valid ? null : 'check-digit' }
}

/** A normalised identifier as people write it (`GB-AAA-99-00303`, `T-034.524.680-1`); any other text as it is. */
export function displayIdentifier(kind: IdentifierKind, normalised: string): string {
  if (!MATCHERS[kind].whole.test(normalised)) return normalised
  let next = 0
  return IDENTIFIERS[kind].display.replace(/#/g, () => normalised.charAt(next++))
}

/**
 * Every kind of identifier that a typed text validly spells, in the order of `IDENTIFIER_KINDS`; empty when none.
 */
export function recogniseIdentifiers(text: string): { kind: IdentifierKind; normalised: string }[] {
  return IDENTIFIER_KINDS.flatMap((kind) => {
    const { valid, normalised } = parseIdentifier(kind, text)
    return valid ? [{ kind, normalised }] : []
  })
}

/** The valid identifiers of a `|`-separated cell: normalised, without repetition, in character order. */
export function validIdentifiers(kind: IdentifierKind, cell: string): string[] {
  const valid = cell.split('|').flatMap((text) => {
    const parsed = parseIdentifier(kind, text)
    return parsed.valid ? [parsed.normalised] : []
  })
  return [...new Set(valid)].sort()
}
