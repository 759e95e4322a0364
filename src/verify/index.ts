/** Shadow verification: whether another system saw the same changes. */
export { type Allowance, type MismatchClass, readAllowances } from './allow.js'
export { type CarriedChanges, carryChanges, type TwoFiles } from './ours.js'
export { type Verified, type VerifyRequest, verify } from './run.js'
export type { MismatchGroup, Verification } from './verify.js'
