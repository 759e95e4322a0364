/** Planted stories about shares and territories. */
import type { Story } from './story.js'
import { claim, claimInUs, implied, planted, story } from './tell.js'

const kindsAdded = story({
  name: 'administrator-in-the-owners-kind',
  parties: 2,
  shares: [
    claim(0, '100', { kind: 'ownership', chain: 'c' }),
    claim(1, '100', { kind: 'ownership', chain: 'c', role: 'administrator' }),
  ],
  truth: [
    planted('C-SHR-07', 'the administrator stands in the kind of the owner', { magnitude: 200 }),
    implied('C-SHR-02', 'added up, the kind passes 100', { magnitude: 200 }),
  ],
})

const belowZero = story({
  name: 'share-below-zero',
  parties: 2,
  shares: [claim(0, '100'), claim(1, '-5')],
  truth: [planted('C-SHR-08', 'a share of -5', { magnitude: -5 })],
})

const aboveHundred = story({
  name: 'share-above-100',
  parties: 2,
  shares: [claim(0, '100'), claim(1, '3333')],
  truth: [planted('C-SHR-08', 'a share of 3333', { magnitude: 3333 })],
})

/** The only rows that an ingest refuses. */
const noNumber = story({
  name: 'share-that-is-no-number',
  rate: 5,
  parties: 2,
  shares: [claim(0, '100'), claim(1, 'fifty')],
  truth: [planted('C-SHR-08', 'a share of "fifty": the row is rejected')],
})

const participant = story({
  name: 'income-participant-added',
  parties: 2,
  shares: [claim(0, '100', { chain: 'c' }), claim(1, '25', { chain: 'c', role: 'income-participant' })],
  truth: [planted('C-SHR-09', 'the income participant takes part of the 100', { magnitude: 125 })],
})

const hole = story({
  name: 'territory-hole',
  parties: 2,
  shares: [claim(0, '50'), claim(1, '50', { territories: 'WORLD|!DE|!AT' })],
  truth: [
    planted('C-TER-02', 'nobody controls the second half in Germany and Austria', { territories: 'DE|AT' }),
    implied('C-SHR-03', 'half is not claimed there', { territories: 'DE|AT', magnitude: 50 }),
  ],
})

const unknownTerritory = story({
  name: 'unknown-territory',
  parties: 2,
  shares: [claim(0, '100'), claim(1, '25', { territories: 'EUROPE' })],
  truth: [planted('C-TER-03', '"EUROPE" is no code', { territories: 'EUROPE' })],
})

const retiredTerritory = story({
  name: 'retired-territory',
  parties: 2,
  shares: [claim(0, '100'), claim(1, '25', { territories: 'YU' })],
  truth: [planted('C-TER-03', '"YU" is the code of a country that is no more', { territories: 'YU' })],
})

const contradiction = story({
  name: 'territory-contradiction',
  parties: 2,
  shares: [claim(0, '100', { territories: 'WORLD|DE|!DE' }), claim(1, '100', { territories: 'DE' })],
  truth: [planted('C-TER-04', 'Germany is included and excluded', { territories: 'DE' })],
})

/** The same chain, the same time, and lists of countries that have two in common. */
const twoControllers = story({
  name: 'two-controllers-in-a-territory',
  parties: 2,
  shares: [
    claim(0, '100', { chain: 'c', role: 'sub-publisher', territories: 'DE|AT|CH' }),
    claim(1, '100', { chain: 'c', role: 'sub-publisher', territories: 'AT|CH|IT' }),
  ],
  truth: [
    planted('C-TER-01', 'two sub-publishers control one chain in Austria and Switzerland', { territories: 'AT|CH' }),
    implied('C-SHR-02', 'both claim all there', { territories: 'AT|CH', magnitude: 200 }),
  ],
})

/** Two writers in equal parts, whose publishers own 60 and 40. */
const writersSplit = story({
  name: 'writers-split-otherwise',
  parties: 4,
  partyRows: [0, 1].map((party) => ({ feed: 'society', party, kind: 'writer' })),
  shares: [
    claim(0, '50', { kind: 'manuscript', role: 'writer', chain: 'first' }),
    claim(2, '60', { kind: 'ownership', chain: 'first' }),
    claim(1, '50', { kind: 'manuscript', role: 'writer', chain: 'second' }),
    claim(3, '40', { kind: 'ownership', chain: 'second' }),
  ],
  truth: [planted('C-SHR-06', 'writers have 50 and 50, their publishers 60 and 40', { magnitude: 10 })],
})

const administrators = story({
  name: 'two-administrators',
  parties: 2,
  shares: [claim(0, '100', { role: 'administrator' }), claimInUs(1, '100', { role: 'administrator' })],
  truth: [
    planted('C-PTY-03', 'society and collective name different administrators', {
      feeds: ['society', 'mlc'],
      territories: 'US',
    }),
    implied('C-SHR-01', 'both administrators claim all', {
      feeds: ['society', 'mlc'],
      territories: 'US',
      magnitude: 200,
    }),
  ],
})

export const ABOUT_CLAIMS: readonly Story[] = [
  kindsAdded,
  belowZero,
  aboveHundred,
  noNumber,
  participant,
  hole,
  unknownTerritory,
  retiredTerritory,
  contradiction,
  twoControllers,
  writersSplit,
  administrators,
]
