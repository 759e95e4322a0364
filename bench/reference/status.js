/** The strict status, which no average enters (domain 1.5, "Strict status"). */
import { TOLERANCE, WHOLE } from './amounts.js'

/** @typedef {{cleared: number, unlicensed: number}} Part what one work has for one right */

/** @param {Part[]} parts every work and every right */
function statusOfReading(parts) {
  if (parts.every(({ cleared }) => cleared >= WHOLE - TOLERANCE)) return 'fully-licensed'
  if (parts.every(({ unlicensed }) => unlicensed >= WHOLE - TOLERANCE)) return 'not-licensed'
  return parts.every(({ unlicensed }) => unlicensed <= TOLERANCE) ? 'undetermined' : 'partly-licensed'
}

/** Statuses that differ leave it undetermined. @param {string[]} statuses */
export const agreed = (statuses) =>
  statuses.every((status) => status === statuses[0]) ? (statuses[0] ?? 'undetermined') : 'undetermined'

/** @param {Part[][]} readings for each reading its parts */
export const statusOf = (readings) => agreed(readings.map(statusOfReading))

/**
 * All rights together, reading by reading: a right without readings of its own (master, or no link) counts in each.
 * @param {Part[][][]} rights for each right its readings
 */
export function statusOfAll(rights) {
  const count = Math.max(...rights.map((readings) => readings.length))
  const readings = Array.from({ length: count }, (_, place) =>
    rights.flatMap((own) => own[own.length === 1 ? 0 : place] ?? []),
  )
  return statusOf(readings)
}
