/**
 * The relations of a degree of licensing, in the order in which they build on each other. Each is one file in `sql/`; the
 * same files serve one recording and the whole catalogue, which differ only in the facts and points they start from.
 */
import type { Workbench } from '../store/small-workbench.js'
import bounds from './sql/bounds.sql'
import claimants from './sql/claimants.sql'
import claimed from './sql/claimed.sql'
import classes from './sql/classes.sql'
import countedShares from './sql/counted_shares.sql'
import coverage from './sql/coverage.sql'
import degrees from './sql/degrees.sql'
import identities from './sql/identities.sql'
import licensors from './sql/licensors.sql'
import linkedWorks from './sql/linked_works.sql'
import mandates from './sql/mandates.sql'
import masses from './sql/masses.sql'
import openGrants from './sql/open_grants.sql'
import outcomes from './sql/outcomes.sql'
import partyKeys from './sql/party_keys.sql'
import readingDegrees from './sql/reading_degrees.sql'
import readingPoints from './sql/reading_points.sql'
import readingWorks from './sql/reading_works.sql'
import readings from './sql/readings.sql'
import recordingDegrees from './sql/recording_degrees.sql'
import recordingGrants from './sql/recording_grants.sql'
import recordingKeys from './sql/recording_keys.sql'
import recordingStatuses from './sql/recording_statuses.sql'
import repertoire from './sql/repertoire.sql'
import takenDown from './sql/taken_down.sql'
import takingPart from './sql/taking_part.sql'
import targetPoints from './sql/target_points.sql'
import targets from './sql/targets.sql'
import theoryClaims from './sql/theory_claims.sql'
import variantDegrees from './sql/variant_degrees.sql'
import visibleShares from './sql/visible_shares.sql'
import voiceClaims from './sql/voice_claims.sql'
import voices from './sql/voices.sql'
import workKeys from './sql/work_keys.sql'

export type Step = readonly [name: string, sql: string]

/** Which ids mean the same thing: needs the facts as known. */
export const NAMING_STEPS: readonly Step[] = [
  ['recording_keys', recordingKeys],
  ['work_keys', workKeys],
  ['party_keys', partyKeys],
  ...['recording', 'work', 'party'].map(
    (thing): Step => [`${thing}_identities`, identities.replaceAll('{thing}', thing)],
  ),
]

/** Who stands for whom, and what is in what: needs the identities. */
export const RELATING_STEPS: readonly Step[] = [
  ['claimants', claimants],
  ['linked_works', linkedWorks],
  ['repertoire', repertoire],
  ['licensors', licensors],
  ['mandates', mandates],
]

/** Who is who: needs the facts as known. */
export const IDENTITY_STEPS: readonly Step[] = [...NAMING_STEPS, ...RELATING_STEPS]

/** Which works are asked about, when and where: needs the identities, `asked_recordings` and `points`. */
const TARGET_STEPS: readonly Step[] = [
  ['targets', targets],
  ['target_points', targetPoints],
]

/** Degrees of works: needs the identities, `targets`, `target_points`, `asked_rights`, `territory_cells` and `theories`. */
export const WORK_STEPS: readonly Step[] = [
  ['visible_shares', visibleShares],
  ['counted_shares', countedShares],
  ['voice_claims', voiceClaims],
  ['claimed', claimed],
  ['open_grants', openGrants],
  ['coverage', coverage],
  ['classes', classes],
  ['taking_part', takingPart],
  ['theory_claims', theoryClaims],
  ['voices', voices],
  ['bounds', bounds],
  ['masses', masses],
  ['variant_degrees', variantDegrees],
  ['degrees', degrees],
]

/** Degrees of recordings: needs `degrees` at all their points, and what those needed. */
export const RECORDING_STEPS: readonly Step[] = [
  ['reading_works', readingWorks],
  ['readings', readings],
  ['reading_points', readingPoints],
  ['reading_degrees', readingDegrees],
  ['taken_down', takenDown],
  ['recording_grants', recordingGrants],
  ['outcomes', outcomes],
  ['recording_degrees', recordingDegrees],
]

/** The status over all rights, of which the answer for one recording tells. */
const STATUS_STEPS: readonly Step[] = [['recording_statuses', recordingStatuses]]

/** Degrees: needs the identities, `asked_recordings`, `asked_rights`, `points`, `territory_cells` and `theories`. */
export const DEGREE_STEPS: readonly Step[] = [...TARGET_STEPS, ...WORK_STEPS, ...RECORDING_STEPS, ...STATUS_STEPS]

/** Works out relations one after the other, each into a temporary table of its name. */
export async function workOut(db: Pick<Workbench, 'run'>, steps: readonly Step[]): Promise<void> {
  await db.run(steps.map(([name, sql]) => `CREATE OR REPLACE TEMP TABLE ${name} AS\n${sql}`).join(';\n'))
}
