/** What is asked of the conflicts, read from texts. */
import { UsageError } from '../errors.js'
import { resolveTerritory } from '../model/territories/codes.js'
import { nearMisses } from '../model/text/near-miss.js'
import type { Rule } from './rule.js'
import { RULES } from './rules.js'

export interface ConflictsRequest {
  /** Ids of rules, by commas. */
  readonly id?: string | undefined
  /** Severities, by commas. */
  readonly severity?: string | undefined
  /** One of these three at most: an ISRC, ISWC or IPI, or the id that a feed uses. */
  readonly recording?: string | undefined
  readonly work?: string | undefined
  readonly party?: string | undefined
  readonly territory?: string | undefined
  readonly right?: string | undefined
  readonly known?: string | undefined
  readonly feed?: string | undefined
  /** An earlier date of knowledge: what appeared, disappeared or changed since. */
  readonly since?: string | undefined
  /** Most findings that are told; 0: all. */
  readonly limit?: number | undefined
}

/** Findings that are told unless more are asked for. All are counted. */
export const DEFAULT_LIMIT = 1000

/** The rules that are asked about. Throws UsageError `unknown-rule`, `unknown-severity`. */
export function askedRules({ id, severity }: ConflictsRequest): readonly Rule[] {
  const ids = words(id)?.map((word) => word.toUpperCase())
  const severities = words(severity)
  for (const one of ids ?? []) {
    if (RULES.some((rule) => rule.id === one)) continue
    throw new UsageError(`There is no conflict "${one}".`, {
      code: 'unknown-rule',
      excerpt: one,
      suggestions: [
        ...nearMisses(
          one,
          RULES.map((rule) => rule.id),
        ).map((near) => `Did you mean ${near}?`),
        'The conflicts are listed in docs/conflicts.md, from C-SHR-01 to C-SNP-08',
      ],
    })
  }
  for (const one of severities ?? []) {
    if (/^[1-4]$/.test(one)) continue
    throw new UsageError(`There is no severity "${one}".`, {
      code: 'unknown-severity',
      suggestions: ['Severities are 1 (blocks a figure), 2 (changes a figure), 3 (warns) and 4 (hygiene)'],
    })
  }
  return RULES.filter(
    (rule) => (ids?.includes(rule.id) ?? true) && (severities?.includes(String(rule.severity)) ?? true),
  )
}

/** Those that can tell anything of one recording, work or party. */
export const rulesAboutThings = (rules: readonly Rule[]): readonly Rule[] =>
  rules.filter(({ about }) => about === 'things')

const words = (text: string | undefined): string[] | undefined =>
  text
    ?.split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '')

const RIGHTS = ['mech', 'perf', 'sync', 'master'] as const

/** The right that is asked about; null for all. Throws UsageError `unknown-right`. */
export function askedRight({ right }: ConflictsRequest): string | null {
  if (right === undefined || right === 'all') return null
  if (RIGHTS.some((one) => one === right)) return right
  throw new UsageError(`There is no right "${right}".`, {
    code: 'unknown-right',
    suggestions: [`Rights are ${RIGHTS.join(', ')} and all`],
  })
}

/** ISO alpha-2 of the country that is asked about; null for all. Throws UsageError `unknown-territory`, `territory-group`. */
export function askedTerritory({ territory }: ConflictsRequest): string | null {
  if (territory === undefined) return null
  const { kind, key } = resolveTerritory(territory)
  if (kind === 'country') return key
  throw new UsageError(`"${territory}" is no country of today's ISO 3166-1 or TIS tables.`, {
    code: kind === 'group' || kind === 'world' ? 'territory-group' : 'unknown-territory',
    suggestions: ['Write one country such as US, FR or GB'],
  })
}

/** What the findings must be about; null for the whole catalogue. Throws UsageError `several-subjects`. */
export function askedSubject(
  request: ConflictsRequest,
): { readonly kind: 'recording' | 'work' | 'party'; readonly id: string } | null {
  const named = (['recording', 'work', 'party'] as const).flatMap((kind) => {
    const id = request[kind]
    return id === undefined ? [] : [{ kind, id: id.trim() }]
  })
  if (named.length > 1) {
    throw new UsageError('Only one of --recording, --work and --party can be given.', {
      code: 'several-subjects',
      suggestions: ['Ask once for each'],
    })
  }
  return named[0] ?? null
}
