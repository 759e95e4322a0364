/**
 * Property tests: fast-check with the seed and the number of examples of this run. The seed is the same by default, so
 * that a red run tells of the change and not of the dice; new ground is covered with PROPERTY_SEED=random (or a number).
 */
import fc from 'fast-check'

const { PROPERTY_SEED = '2026', PROPERTY_TIMES = '1' } = process.env

if (PROPERTY_SEED !== 'random') fc.configureGlobal({ seed: Number(PROPERTY_SEED) })

/** How many random examples a property tries: the usual number, times PROPERTY_TIMES for a long look. */
export const runs = (usual: number): { numRuns: number } => ({ numRuns: usual * Number(PROPERTY_TIMES) })

export default fc
