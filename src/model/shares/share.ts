/** Shares as exact whole numbers: millionths of a percent (bigint), so 50 % is 50_000_000n. Never binary floats. */

const ONE_PERCENT = 1_000_000n

/** 100 %, in millionths of a percent. */
export const WHOLE = 100n * ONE_PERCENT

/** By how much a sum of shares may miss 100 %: 0.06, CWR's tolerance, in millionths of a percent. */
export const SHARE_TOLERANCE = 60_000n

const DECIMALS = 6
const JSON_DECIMALS = 4

/** Whole quotient rounded half away from zero; `divisor` > 0. */
function divideRounded(value: bigint, divisor: bigint): bigint {
  const magnitude = value < 0n ? -value : value
  const rounded = (2n * magnitude + divisor) / (2n * divisor)
  return value < 0n ? -rounded : rounded
}

export interface ParsedShare {
  /** Millionths of a percent. */
  micro: bigint
  /** More than six decimals were given; the rest was rounded half away from zero. */
  rounded: boolean
}

/**
 * A percent written as plain digits with an optional sign and decimal point (xs:decimal, so `.5` and `5.` too); null for
 * anything else (`33,33`, `1e2`, `NaN`, `1_000`, blanks). Values outside 0 to 100 are read: see `isShareInRange`.
 */
export function parseShare(text: string): ParsedShare | null {
  const match = /^([+-]?)([0-9]*)(?:\.([0-9]*))?$/.exec(text)
  const [, sign = '', whole = '', decimals = ''] = match ?? []
  if (whole + decimals === '') return null
  const extra = decimals.slice(DECIMALS)
  const scaled = BigInt(whole + decimals.padEnd(DECIMALS, '0'))
  const micro = divideRounded(scaled, 10n ** BigInt(extra.length))
  return { micro: sign === '-' ? -micro : micro, rounded: /[1-9]/.test(extra) }
}

/** Whether a share (millionths of a percent) lies in 0 to 100 %, both included. */
export function isShareInRange(micro: bigint): boolean {
  return micro >= 0n && micro <= WHOLE
}

/** Whether a sum of shares (millionths of a percent) is 100 % within the CWR tolerance, both edges included. */
export function sumsTo100(micro: bigint): boolean {
  return micro >= WHOLE - SHARE_TOLERANCE && micro <= WHOLE + SHARE_TOLERANCE
}

/** A share as text in percent: at most four decimals, rounded half away from zero, no trailing zeros (`33.3333`, `50`). */
export function formatShare(micro: bigint): string {
  const units = divideRounded(micro, 10n ** BigInt(DECIMALS - JSON_DECIMALS))
  const digits = String(units < 0n ? -units : units).padStart(JSON_DECIMALS + 1, '0')
  const decimals = digits.slice(-JSON_DECIMALS).replace(/0+$/, '')
  return `${units < 0n ? '-' : ''}${digits.slice(0, -JSON_DECIMALS)}${decimals === '' ? '' : `.${decimals}`}`
}

/** A share as a JSON number in percent: the number that `formatShare` writes. */
export function shareToJson(micro: bigint): number {
  return Number(formatShare(micro))
}
