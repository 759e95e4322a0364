/** How the five buckets are told apart without colour: by how dense their pattern is. */
import { type Markup, markup } from '../markup.js'
import type { Bucket } from './model.js'

interface Look {
  readonly name: Bucket
  /** What it means, for the legend. */
  readonly means: string
  readonly tile: Markup
}

const SIZE = 8

/** From the darkest to the lightest. */
const LOOKS: readonly Look[] = [
  { name: 'licensed', means: 'licensed', tile: markup`<rect width="8" height="8" fill="#1f5f8b"/>` },
  {
    name: 'exempt',
    means: 'exempt: needs no licence',
    tile: markup`<rect width="8" height="8" fill="#ffffff"/><path d="M2 0V8M6 0V8" stroke="#1f5f8b" stroke-width="2"/>`,
  },
  {
    name: 'disputed',
    means: 'disputed: providers contradict each other',
    tile: markup`<rect width="8" height="8" fill="#fff4d6"/><path d="M0 0L8 8M8 0L0 8" stroke="#8a5a00" stroke-width="1.2"/>`,
  },
  {
    name: 'unknown',
    means: 'unknown: nobody who was heard says',
    tile: markup`<rect width="8" height="8" fill="#f4f4f4"/><circle cx="2" cy="2" r="0.9" fill="#555555"/><circle cx="6" cy="6" r="0.9" fill="#555555"/>`,
  },
  {
    name: 'unlicensed',
    means: 'unlicensed: no licence was found',
    tile: markup`<rect width="8" height="8" fill="#ffffff"/><path d="M0 7.5H8" stroke="#b3261e" stroke-width="0.6"/>`,
  },
]

/** The fill of a bucket, once `patternDefinitions` is in the same document. */
export const fillOf = (bucket: Bucket): string => `url(#fill-${bucket})`

export const patternDefinitions = (): Markup =>
  markup`<defs>${LOOKS.map(
    ({ name, tile }) =>
      markup`<pattern id="fill-${name}" width="${SIZE}" height="${SIZE}" patternUnits="userSpaceOnUse">${tile}</pattern>`,
  )}</defs>`

export const legendEntries = (): readonly Pick<Look, 'name' | 'means'>[] => LOOKS
