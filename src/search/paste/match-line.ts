/** The best candidates for one line of a list, with what speaks for and against each. */
import { recogniseIdentifiers } from '../../model/identifiers/parse.js'
import type { SearchIndex } from '../../store/search/index-reader.js'
import { identifierText } from '../documents/entry.js'
import { find } from '../find/find.js'
import type { Hit } from '../find/hit.js'
import { hitsOf } from '../find/hits-of.js'
import { plainQuery } from '../query/parse.js'
import { jaroWinkler } from '../text/likeness.js'
import { comparable, wordsOf } from '../text/words.js'

/** One line of a list as it was given. */
export interface GivenLine {
  readonly line: number
  readonly title: string
  readonly names: string
  readonly identifiers: readonly string[]
}

export interface LineCandidate {
  readonly hit: Hit
  /** 0 to 1: an equal identifier 1, else 0.65 for the title and 0.35 for the names, each by its likeness. */
  readonly score: number
  readonly why: readonly string[]
}

export interface MatchOptions {
  readonly limit: number
  readonly kind?: Hit['kind'] | undefined
  readonly signal?: AbortSignal | undefined
}

/** Below this nothing is worth showing. */
const LEAST_SCORE = 0.5
/** Hits that are compared in full. */
const COMPARED = 30
const LEAST_ALIKE = 0.8
const TITLE_PART = 0.65
/** Without names to compare, an equal title alone proves less. */
const TITLE_ALONE = 0.85

/** Candidates in a total order; none when nothing comes near. */
export async function matchLine(index: SearchIndex, line: GivenLine, options: MatchOptions): Promise<LineCandidate[]> {
  const texts = line.identifiers.flatMap((text) => [
    ...recogniseIdentifiers(text).map(({ normalised }) => normalised),
    identifierText(text),
  ])
  const identified = hitsOf(
    index,
    [...new Set(texts)].flatMap((text) => index.identified(text, COMPARED)),
  )
  const named = await candidatesByName(index, line, options)
  const equal = new Set(identified.map(({ place }) => place))
  const all = [...identified, ...named.filter(({ place }) => !equal.has(place))]
  return all
    .filter(({ kind }) => options.kind === undefined || kind === options.kind)
    .map((hit) => judged(line, hit, equal.has(hit.place)))
    .filter(({ score }) => score >= LEAST_SCORE)
    .sort((a, b) => b.score - a.score || order(a.hit) - order(b.hit) || a.hit.place - b.hit.place)
    .slice(0, options.limit)
}

/** A schedule of works means works. */
const order = ({ kind }: Hit): number => ['work', 'recording', 'party'].indexOf(kind)

async function candidatesByName(
  index: SearchIndex,
  { title, names }: GivenLine,
  options: MatchOptions,
): Promise<Hit[]> {
  const { kind, signal } = options
  const withNames = plainQuery([
    { text: title, columns: ['title'] },
    // One name is enough to tell a title from its namesakes; which, the comparison says.
    { text: wordsOf(names).sort((a, b) => b.length - a.length)[0] ?? '', columns: [] },
  ])
  const alone = plainQuery([{ text: title, columns: [] }])
  const hits = new Map<number, Hit>()
  for (const query of [withNames, alone]) {
    if (query.terms.length === 0) continue
    const found = await find(index, { query, kind, limit: COMPARED, signal })
    for (const hit of found.hits) hits.set(hit.place, hit)
  }
  return [...hits.values()].filter((hit) => hit.kind !== 'party')
}

function judged(line: GivenLine, hit: Hit, isEqual: boolean): LineCandidate {
  const why: string[] = []
  if (isEqual) why.push(`${hit.code === null ? 'id' : hit.code.as.toUpperCase()} equal`)
  const title = line.title === '' ? null : Math.max(...[hit.title, ...hit.others].map((one) => alike(line.title, one)))
  const names = line.names === '' ? null : namesAlike(line.names, hit)
  if (title !== null) why.push(inWords('title', title))
  if (names !== null) why.push(inWords('names', names))
  else if (line.names !== '') why.push('names unknown')
  const compared = names === null ? TITLE_ALONE * (title ?? 0) : TITLE_PART * (title ?? 0) + (1 - TITLE_PART) * names
  return { hit, score: Math.round((isEqual ? 1 : compared) * 1e4) / 1e4, why }
}

const inWords = (what: string, likeness: number): string =>
  likeness === 1
    ? `${what} equal`
    : likeness < 0.5
      ? `${what} different`
      : `${what} ${Math.round(likeness * 100)} % alike`

function alike(a: string, b: string): number {
  const [x, y] = [comparable(a), comparable(b)]
  const likeness = x === y ? 1 : jaroWinkler(x, y)
  // Any two texts share some letters.
  return likeness < LEAST_ALIKE ? 0 : likeness
}

/** How many of the words of the given names are among those of the hit, each by its nearest; null where it has none. */
function namesAlike(given: string, { by, owners }: Hit): number | null {
  const own = [by ?? '', ...owners].flatMap((name) => wordsOf(name))
  const words = wordsOf(given)
  if (own.length === 0 || words.length === 0) return null
  const nearest = words.map((word) => Math.max(...own.map((one) => jaroWinkler(word, one))))
  return nearest.map((one) => (one >= 0.9 ? one : 0)).reduce((sum, one) => sum + one, 0) / words.length
}
