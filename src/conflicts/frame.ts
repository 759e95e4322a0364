/** The relations between the facts and the rules, in the order in which they build on each other; one file each in `frame/`. */
import type { Step } from '../licensing/index.js'
import datedRows from './frame/dated_rows.sql'
import firstDeliveries from './frame/first_deliveries.sql'
import grants from './frame/grants.sql'
import grantsOfAll from './frame/grants_of_all.sql'
import namedParties from './frame/named_parties.sql'
import partyNames from './frame/party_names.sql'
import pictures from './frame/pictures.sql'
import plainTexts from './frame/plain_texts.sql'
import reach from './frame/reach.sql'
import recordingWorks from './frame/recording_works.sql'
import shareRows from './frame/share_rows.sql'
import standingSnapshots from './frame/standing_snapshots.sql'
import suspects from './frame/suspects.sql'
import targets from './frame/targets.sql'
import territorialRows from './frame/territorial_rows.sql'
import used from './frame/used.sql'
import usedWorks from './frame/used_works.sql'
import uses from './frame/uses.sql'
import vanished from './frame/vanished.sql'
import workCells from './frame/work_cells.sql'
import workClaimants from './frame/work_claimants.sql'
import workFacts from './frame/work_facts.sql'
import workLikenesses from './frame/work_likenesses.sql'
import workNames from './frame/work_names.sql'
import workPieces from './frame/work_pieces.sql'
import workProfiles from './frame/work_profiles.sql'

/** Of everything that is kept; each is made only where a rule, or another relation that is needed, reads it. */
export const WHOLE_STEPS: readonly Step[] = [
  ['recording_works', recordingWorks],
  ['work_claimants', workClaimants],
  ['plain_texts', plainTexts],
  ['named_parties', namedParties],
  ['party_names', partyNames],
  ['work_names', workNames],
  ['work_likenesses', workLikenesses],
  ['first_deliveries', firstDeliveries],
  ['standing_snapshots', standingSnapshots],
  ['dated_rows', datedRows],
  ['territorial_rows', territorialRows],
  ['uses', uses],
  ['used', used],
  ['used_works', usedWorks],
  ['grants', grants],
  ['grants_of_all', grantsOfAll],
  ['suspects', suspects],
  ['reach', reach],
  ['vanished', vanished],
]

/** Where and when the claims on the works of a part are worked out: needs `asked_works` and the facts. */
export const CELL_STEPS: readonly Step[] = [
  ['work_facts', workFacts],
  ['work_profiles', workProfiles],
  ['work_cells', workCells],
  ['targets', targets],
  ['work_pieces', workPieces],
  [
    'target_points',
    'SELECT target, any_value(work) AS work, NULL::VARCHAR AS listed_recording, any_value(variants) AS variants, cell, day FROM work_pieces GROUP BY target, cell, day',
  ],
]

/** What the bounds of licensing come to in each cell. */
export const PICTURE_STEPS: readonly Step[] = [
  ['share_rows', shareRows],
  ['pictures', pictures],
]

const WORD = /\b[a-z_]+\b/g

/** Those of the steps that these statements read, or that those read in turn; in the order of the steps. */
export function neededSteps(steps: readonly Step[], statements: readonly string[]): readonly Step[] {
  const needed = new Set<string>()
  const words = (sql: string) => new Set(sql.replace(/^--.*$/gm, '').match(WORD) ?? [])
  const read = statements.map(words)
  for (const [name, sql] of [...steps].reverse()) {
    if (!read.some((one) => one.has(name))) continue
    needed.add(name)
    read.push(words(sql))
  }
  return steps.filter(([name]) => needed.has(name))
}

/** Facts that an identity stands on. */
const IDENTITIES: Readonly<Record<string, string>> = {
  recording_identities: 'recordings',
  recording_keys: 'recordings',
  work_identities: 'works',
  work_keys: 'works',
  party_identities: 'parties',
  claimants: 'parties',
  linked_works: 'links',
  repertoire: 'licences',
  mandates: 'affiliations',
}

const DELIVERIES = /\b(snapshots|rejects|files|snapshot_relations)\b/

/**
 * The relations on whose statements a rule rests, and `snapshots` where it reads deliveries: only when one of them changes can its
 * findings change.
 */
export function restsOn(rule: { readonly kind: 'cells' | 'rows'; readonly sql: string }): ReadonlySet<string> {
  const read = [rule.sql, ...neededSteps(WHOLE_STEPS, [rule.sql]).map(([, sql]) => sql)].map((sql) =>
    sql.replace(/^--.*$/gm, ''),
  )
  const named = read.flatMap((sql) =>
    [...sql.matchAll(/\b(?:known|now|said|past)_([a-z_]+)\b/g)].map(([, name]) => name ?? ''),
  )
  const identities = read.flatMap((sql) =>
    Object.entries(IDENTITIES).flatMap(([word, relation]) => (sql.includes(word) ? [relation] : [])),
  )
  return new Set([
    ...named,
    ...identities,
    ...(rule.kind === 'cells' ? ['shares', 'works', 'parties'] : []),
    ...(read.some((sql) => DELIVERIES.test(sql)) ? ['snapshots'] : []),
  ])
}
