/** Lengths of time in rule files: `30m`, `36h`, `7d`, `2w`. Days are of 24 hours, as instants are UTC. */
import type { Period } from './model.js'

const UNITS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 }
const PERIOD = /^(\d{1,6})\s*([smhdw])$/

/** A period by its text; null when it is none. At most 999,999 of a unit. */
export function parsePeriod(text: string): Period | null {
  const [, number, unit] = PERIOD.exec(text.trim()) ?? []
  if (number === undefined || unit === undefined) return null
  return { text: text.trim(), micros: Number(number) * (UNITS[unit] ?? 0) * 1_000_000 }
}
