/**
 * The relations of the made-up catalogue: for each the SQL of one row from its number `n` (from 0) and from `changed`,
 * true for the rows that the second delivery updates. Row numbers from the relation's count on are those it adds.
 * Rows are functions of their number alone, so that any number of them streams to a file in little memory.
 */
import { ipiBaseNumber, ipiNameNumber, isni, isrc, iswc, upc } from './digits.js'
import { at, dayFrom, mixed, nameOf, oneOf, share, territories, title } from './words.js'

/** A value that only some rows state. */
const sometimes = (percent, n, salt, value) => `CASE WHEN ${share(percent, n, salt)} THEN ${value} END`

const partyOf = (n, salt, plan) => `'P' || ${mixed(n, salt, plan.parties.rows)}`
const workOf = (n, plan) => mixed(n, 1, plan.works.rows)

const parties = () => ({
  party_id: `'P' || n`,
  name: nameOf('n', 2),
  ipi_name_number: sometimes(90, 'n', 4, ipiNameNumber('n')),
  ipi_base_number: sometimes(40, 'n', 5, ipiBaseNumber('n')),
  isni: sometimes(30, 'n', 6, isni('n')),
  group_id: `CASE WHEN changed THEN 'G0' ELSE ${sometimes(25, 'n', 7, `'G' || (1 + ${mixed('n', 8, 100)})`)} END`,
  kind: at([...Array(6).fill('writer'), 'publisher', 'publisher', 'publisher', 'society'], 'n % 10'),
})

const works = () => ({
  work_id: `'W' || n`,
  title: title('n', 9),
  iswc: sometimes(85, 'n', 12, iswc('n')),
  alternate_titles:
    `CASE WHEN changed THEN ${title('n', 13)} || '|' || ${title('n', 16)}` +
    ` ELSE ${sometimes(30, 'n', 19, title('n', 13))} END`,
})

/** Every twentieth recording has no ISRC; a release has ten recordings. */
const WITHOUT_ISRC = 7
const recordings = (plan) => ({
  recording_id: `'R' || n`,
  // A recording is called like its work.
  title: title(workOf('n', plan), 9),
  isrc: `CASE WHEN n % 20 <> ${WITHOUT_ISRC} THEN ${isrc('n')} END`,
  version: sometimes(20, 'n', 20, oneOf(['Live', 'Remix', 'Acoustic', 'Radio Edit'], 'n', 21)),
  artist: nameOf('n // 30', 22),
  duration_ms: `90000 + ${mixed('n', 24, 300_000)}`,
  label: `CASE WHEN changed THEN 'Catalogue sale' ELSE 'Label ' || ${mixed('n // 10', 25, 5000)} END`,
  release_title: title('n // 10', 26),
  upc: upc('n // 10'),
  release_date: dayFrom(1965, 58, 'n // 10', 29),
})

/** Every fortieth recording is linked to no work, and the one before it to two; those that are added link the former. */
function links(plan) {
  const added = `n - ${plan.links.rows}`
  const isAdded = `n >= ${plan.links.rows}`
  const isSecond = 'n % 40 = 39'
  const recording = `CASE WHEN ${isAdded} THEN (${added}) * 40 + 39 WHEN ${isSecond} THEN n - 1 ELSE n END`
  return {
    recording_id: `'R' || (${recording})`,
    work_id:
      `'W' || CASE WHEN ${isAdded} OR NOT ${isSecond} THEN ${workOf('n', plan)}` +
      ` ELSE (${workOf('n - 1', plan)} + 1) % ${plan.works.rows} END`,
    weight: `CASE WHEN changed THEN '0.75' WHEN n % 40 >= 38 AND NOT ${isAdded} THEN '0.5' END`,
    duration_ms: 'NULL',
    valid_from: sometimes(10, 'n', 30, dayFrom(2000, 23, 'n', 31)),
    valid_to: 'NULL',
  }
}

/** Share rows of ten works in turn, fifty together: half of them mechanical, half performance. */
const ROWS_OF_WORK = [2, 2, 3, 3, 4, 4, 5, 6, 8, 13]
const BLOCK = ROWS_OF_WORK.flatMap((rows, work) =>
  Array.from({ length: rows }, (_, place) => {
    const sharers = Math.ceil((rows - (place % 2)) / 2)
    const rank = Math.floor(place / 2)
    const each = Math.floor(10_000 / sharers)
    // The last takes what dividing leaves, so that the shares of each right make 100 percent.
    const hundredths = rank === sharers - 1 ? 10_000 - each * (sharers - 1) : each
    return { work, place, rank, hundredths }
  }),
)
const percent = (hundredths) => (hundredths / 100).toFixed(2)

function shares(plan) {
  const isAdded = `n >= ${plan.shares.rows}`
  const slot = `n % ${BLOCK.length}`
  const inBlock = (value) => at(BLOCK.map(value), slot)
  const ownWork = `n // ${BLOCK.length} * ${ROWS_OF_WORK.length} + ${inBlock(({ work }) => String(work))}::BIGINT`
  const work = `CASE WHEN ${isAdded} THEN ${workOf('n', plan)} ELSE ${ownWork} END`
  const share_ = inBlock(({ hundredths }) => percent(hundredths))
  const corrected = inBlock(({ hundredths }) => percent(hundredths - 50))
  return {
    work_id: `'W' || (${work})`,
    party_id: sometimes(98, 'n', 32, partyOf('n', 33, plan)),
    share: `CASE WHEN changed THEN ${corrected} ELSE ${sometimes(98, 'n', 34, share_)} END`,
    share_kind: at(
      [...Array(6).fill('ownership'), 'collection', 'collection', 'collection', 'manuscript'],
      `n // ${BLOCK.length} % 10`,
    ),
    right: inBlock(({ place }) => (place % 2 === 0 ? 'mech' : 'perf')),
    role: inBlock(({ place }) => (place % 4 < 2 ? 'writer' : 'publisher')),
    chain: `CASE WHEN ${isAdded} THEN 'N' || n ELSE ${inBlock(({ rank }) => `C${rank + 1}`)} END`,
    territories: territories('n', 35),
    valid_from: sometimes(80, 'n', 40, dayFrom(1990, 33, 'n', 41)),
    valid_to: sometimes(10, 'n', 42, dayFrom(2025, 20, 'n', 43)),
    status: sometimes(50, 'n', 44, oneOf([...Array(39).fill('in-copyright'), 'public-domain'], 'n', 45)),
  }
}

const licences = (plan) => ({
  licence_id: `'L' || n`,
  right: oneOf(['mech', 'mech', 'perf', 'perf', 'sync', 'master'], 'n', 46),
  coverage: at(['by-claim', 'by-claim', 'by-work'], 'n % 3'),
  licensor_party_id: partyOf('n', 47, plan),
  territories: territories('n', 48),
  valid_from: dayFrom(2005, 15, 'n', 53),
  valid_to: `CASE WHEN changed THEN DATE '2049-01-01' ELSE ${sometimes(60, 'n', 54, dayFrom(2021, 9, 'n', 55))} END`,
  signed_at: dayFrom(2004, 16, 'n', 56),
  repertoire:
    `CASE WHEN n % 3 < 2 THEN 'all' ELSE` +
    ` concat('W', ${workOf('n', plan)}, '|W', ${mixed('n', 57, plan.works.rows)}, '|W', ${mixed('n', 58, plan.works.rows)}) END`,
  uses: `'streaming'`,
  document: `'agreement-' || n || '.pdf'`,
})

/** Four countries for every fourth recording; those that are added are of a fifth. */
function usage(plan) {
  const isAdded = `n >= ${plan.usage.rows}`
  return {
    recording_id: `'R' || CASE WHEN ${isAdded} THEN (n - ${plan.usage.rows}) * 4 ELSE n // 4 * 4 END`,
    territory: `CASE WHEN ${isAdded} THEN 'FR' ELSE ${at(['US', 'GB', 'DE', 'JP'], 'n % 4')} END`,
    period: `'2023-' || lpad((1 + n // 4 % 12)::VARCHAR, 2, '0')`,
    // Few recordings have most of the streams.
    streams: `10000000 // (1 + ${mixed('n', 59, 100_000)}) + CASE WHEN changed THEN 1 ELSE 0 END`,
    use: `'stream'`,
  }
}

const RELATIONS = { parties, works, recordings, links, shares, licences, usage }

/**
 * SQL of all rows of a relation, in order of `n`, as the columns of its file. `source` is SQL that yields `n` and
 * `changed`. Table macros of `words.js` must be there.
 */
export function relationSql(relation, plan, source) {
  const columns = Object.entries(RELATIONS[relation](plan)).map(([name, value]) => `${value} AS "${name}"`)
  return `SELECT ${columns.join(', ')} FROM (${source})`
}

/** Numbers of recordings that have an ISRC, `samples` of them evenly over the catalogue. */
export function sampledRecordings(plan, samples) {
  const { rows } = plan.recordings
  const spread = Array.from({ length: samples }, (_, index) => Math.floor(((index + 0.5) * rows) / samples))
  return spread.map((n) => (n % 20 === WITHOUT_ISRC ? n - 1 : n))
}
