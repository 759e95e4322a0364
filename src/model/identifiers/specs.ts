/**
 * What each music identifier looks like: the one place from which both the checks on a single text (`parse.ts`)
 * and the SQL over millions of rows (`sql.ts`) are made.
 */
import type { CheckRule } from './arithmetic.js'
import { mod10AfterLetter, mod10Gtin, mod11radix2, mod37and36, mod101 } from './check-rules.js'

export type IdentifierKind = 'isrc' | 'iswc' | 'ipi-name' | 'ipi-base' | 'isni' | 'upc' | 'grid' | 'dpid'

export interface IdentifierSpec {
  /** Regular expression (in the part that JavaScript and RE2 share) of the whole normalised text. */
  readonly pattern: string
  /** Accepted before padding, where shorter spellings are padded with zeros on the left to `length`. */
  readonly padded?: { readonly pattern: string; readonly length: number }
  /** A frequent spelling with separators, ASCII only and without label: SQL has a cheaper way for it. */
  readonly everyday?: string
  /** Words that people write in front of the identifier, as a regular expression. */
  readonly label: string
  /** All zeros pass the check but fill empty fields in practice: no identifier, or strangers would be joined. */
  readonly zerosAreBlank?: true
  readonly check?: CheckRule
  /** How people write it: each `#` is one character of the normalised text. */
  readonly display: string
}

export const IDENTIFIERS: Readonly<Record<IdentifierKind, IdentifierSpec>> = {
  /** ISO 3901; no check digit. */
  isrc: {
    pattern: '[A-Z]{2}[A-Z0-9]{3}[0-9]{7}',
    everyday: '[A-Za-z]{2}[ -]?[A-Za-z0-9]{3}[ -]?[0-9]{2}[ -]?[0-9]{5}',
    label: 'ISRC',
    display: '##-###-##-#####',
  },
  /** ISO 15707. */
  iswc: {
    pattern: 'T[0-9]{10}',
    everyday: '[Tt][0-9 .-]+',
    label: 'ISWC',
    check: mod10AfterLetter(1),
    display: '#-###.###.###-#',
  },
  /**
   * CISAC IPI name number. Spreadsheets and CWR headers drop leading zeros, so five digits and more are padded to
   * eleven. Fewer are refused: so short a number is more likely a local id, and one in a hundred would pass the check.
   */
  'ipi-name': {
    pattern: '[0-9]{11}',
    padded: { pattern: '[0-9]{5,11}', length: 11 },
    label: 'IPI',
    zerosAreBlank: true,
    check: mod101,
    display: '###########',
  },
  /** CISAC IPI base number, normalised without its hyphens. */
  'ipi-base': {
    pattern: 'I[0-9]{10}',
    everyday: '[Ii][0-9 -]+',
    label: 'IPI',
    check: mod10AfterLetter(2),
    display: '#-#########-#',
  },
  /** ISO 27729. */
  isni: {
    pattern: '[0-9]{15}[0-9X]',
    everyday: '[0-9 ]+[0-9Xx]',
    label: 'ISNI',
    check: mod11radix2,
    display: '#### #### #### ####',
  },
  /** GS1 UPC-A, EAN-13, GTIN-14: one code whatever the leading zeros, so compared as fourteen digits. */
  upc: {
    pattern: '[0-9]{14}',
    padded: { pattern: '[0-9]{12,14}', length: 14 },
    label: 'UPC|EAN|GTIN',
    zerosAreBlank: true,
    check: mod10Gtin,
    display: '##############',
  },
  /** Global Release Identifier (IFPI). */
  grid: { pattern: 'A1[A-Z0-9]{16}', label: 'GRID', check: mod37and36, display: '##-#####-##########-#' },
  /** DDEX Party Identifier. */
  dpid: { pattern: 'PADPIDA[0-9]{10}[0-9A-Z]', label: 'DPID', check: mod37and36, display: '##################' },
}

export const IDENTIFIER_KINDS = Object.keys(IDENTIFIERS) as IdentifierKind[]

/** What stands between the parts of an identifier, as a regular expression class: blanks, dots, hyphens, slashes. */
export const SEPARATORS = '[ \t\r\n./\u00a0\u2010-\u2013-]'
