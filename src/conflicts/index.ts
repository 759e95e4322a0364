/** Conflicts: who contradicts whom, by how much, and what to do next. */
export { amongInConflict } from './among.js'
export { type ConflictsResult, conflicts } from './conflicts.js'
export type { Evidenced, Finding, Party, Subject } from './finding.js'
export { askedRules, type ConflictsRequest } from './request.js'
export type { Rule, Severity } from './rule.js'
export { RULES } from './rules.js'
export { type Scorecard, scorecards } from './scorecard.js'
