/** Days as whole numbers, counted from 1970-01-01, for arithmetic with them. */

const DAY_MS = 86_400_000

/** Numbers of 0001-01-01 and 9999-12-31, the first and last day that can be written. */
export const FIRST_DAY_NUMBER = -719_162
export const LAST_DAY_NUMBER = 2_932_896

/** The number of a full date. */
export const dayNumber = (date: string): number => Date.parse(`${date}T00:00:00Z`) / DAY_MS

/** The full date with that number; beyond the days that can be written, the nearest that can. */
export function dateOfNumber(number: number): string {
  const within = Math.min(LAST_DAY_NUMBER, Math.max(FIRST_DAY_NUMBER, number))
  return new Date(within * DAY_MS).toISOString().slice(0, 10)
}
