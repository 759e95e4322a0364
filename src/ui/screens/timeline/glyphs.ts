/** How figures become a column of characters: each bucket its own, told apart without colour. */
import type { ChalkInstance } from 'chalk'
import { BUCKETS, type Bucket, type Figures } from '../../../report/index.js'

export type Glyphs = Readonly<Record<Bucket, string>>

/** The same signs as in print. */
const ASCII: Glyphs = { licensed: '#', exempt: '+', unknown: '?', disputed: '~', unlicensed: '.' }
/** The denser, the more is cleared. */
const SHADES: Glyphs = { licensed: '█', exempt: '▓', disputed: '▒', unknown: '░', unlicensed: '·' }

export const glyphsFor = (isUnicode: boolean): Glyphs => (isUnicode ? SHADES : ASCII)

/** Colours only repeat what the signs say. */
export function paint(colors: ChalkInstance, bucket: Bucket | null, text: string): string {
  switch (bucket) {
    case 'licensed':
      return colors.green(text)
    case 'exempt':
      return colors.cyan(text)
    case 'disputed':
      return colors.yellow(text)
    case 'unlicensed':
      return colors.red(text)
    default:
      return text
  }
}

/**
 * The buckets of a column, from the bottom up, one for each of `height` rows, in proportion. A bucket that holds anything
 * has at least one row while there are rows enough; else the smallest are left out.
 */
export function stack(figures: Figures, height: number): Bucket[] {
  const held = BUCKETS.filter((bucket) => figures[bucket] > 0)
  const shown = new Set([...held].sort((a, b) => figures[b] - figures[a]).slice(0, height))
  const buckets = held.filter((bucket) => shown.has(bucket))
  const total = buckets.reduce((sum, bucket) => sum + figures[bucket], 0)
  const wanted = buckets.map((bucket) => (figures[bucket] * height) / total)
  const rows = wanted.map((value) => Math.max(1, Math.floor(value)))
  const missing = (): number => (buckets.length === 0 ? 0 : height - rows.reduce((sum, count) => sum + count, 0))
  while (missing() !== 0) {
    const sign = Math.sign(missing())
    const lacks = wanted.map((value, index) => sign * (value - (rows[index] ?? 0)))
    const may = lacks.map((lack, index) => (sign > 0 || (rows[index] ?? 0) > 1 ? lack : Number.NEGATIVE_INFINITY))
    const most = may.indexOf(Math.max(...may))
    rows[most] = (rows[most] ?? 0) + sign
  }
  return buckets.flatMap((bucket, index): Bucket[] => new Array(rows[index] ?? 0).fill(bucket))
}
