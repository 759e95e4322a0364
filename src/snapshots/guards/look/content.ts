/** Guards that know a delivery by what is in it: nothing, a part, the same again, something older. */
import { count, findingOf, type GuardFinding } from '../finding.js'
import type { FeedSnapshot, Guard, GuardView, RelationView } from '../view.js'

const hasHeaderAlone = ({ snapshot }: GuardView, relation: string): boolean =>
  snapshot.files.some(({ columns, header, staged }) => columns?.relation === relation && header > 0 && staged === 0)

/** Said to be complete by `feed.yaml` without a file of its own: nobody forgot anything. */
const isDeclaredEmpty = ({ snapshot }: GuardView, relation: string): boolean =>
  snapshot.format === 'tables' &&
  snapshot.files.some(({ columns }) => columns !== null) &&
  !snapshot.files.some(({ columns }) => columns?.relation === relation)

/** `empty`, `header-only`: a complete relation without a row, where there were rows before, or in all of a first delivery. */
export const lookForNothing: Guard = (view) => {
  const isAllEmpty = view.relations.every(({ facts }) => facts.rows === 0)
  return view.relations.flatMap((one): GuardFinding[] => {
    const { relation, scope, facts, baseline } = one
    if (facts.rows > 0 || scope !== 'full' || isDeclaredEmpty(view, relation.name)) return []
    const before = baseline?.facts.rows ?? 0
    if (before === 0 && (baseline !== null || !isAllEmpty)) return []
    const isHeader = hasHeaderAlone(view, relation.name)
    const what = isHeader ? 'a header and no rows' : 'no rows'
    const then = baseline === null ? '' : `; ${baseline.snapshot.snapshot} had ${count(before)}`
    return [
      findingOf({
        guard: isHeader ? 'header-only' : 'empty',
        level: before > 0 ? 'quarantine' : 'warn',
        relation: relation.name,
        seen: what,
        threshold: 'at least 1 row',
        rows: { seen: 0, base: before },
        comparedWith: baseline?.snapshot.snapshot ?? null,
        message: `${relation.name} has ${what}${then}`,
        next: 'Ask the provider whether it is really empty; if so, take it in with --accept-quarantine',
      }),
    ]
  })
}

/** `truncated`: a file is known to be cut, or announces more than it has. */
export const lookForCuts: Guard = ({ snapshot }) => {
  if (!snapshot.partial) return []
  const cut = snapshot.files.filter(({ partial }) => partial).map(({ name }) => name)
  return [
    findingOf({
      guard: 'truncated',
      level: 'quarantine',
      seen: cut.length === 0 ? 'less than was announced' : cut.slice(0, 3).join(', '),
      threshold: 'every file readable to its end, with as much as it announces',
      message:
        cut.length === 0
          ? 'it has less than it announces, or a part of it is missing'
          : `${cut.length === 1 ? `${cut[0]} is` : `${count(cut.length)} files are`} known to be cut`,
      next: 'Fetch the delivery again; as it is, nothing is taken as withdrawn',
      examples: cut.slice(0, 5),
    }),
  ]
}

const fingerprintOf = (one: Pick<FeedSnapshot, 'facts' | 'scopes'>): string | null => {
  const parts = [...one.facts].map(([name, { fingerprint }]) => `${name}=${one.scopes.get(name)}=${fingerprint}`)
  const isEmpty = [...one.facts.values()].every(({ rows, withdrawn }) => rows + withdrawn === 0)
  return isEmpty ? null : parts.sort().join(';')
}

/** `same-content`, `rollback`: the same rows as the last accepted delivery, or as an older one. */
export const lookForRepetition: Guard = ({ snapshot, earlier }) => {
  const own = fingerprintOf(snapshot)
  if (own === null) return []
  const last = earlier.findLast(({ held }) => !held)
  const twins = earlier.filter((one) => fingerprintOf(one) === own)
  const twin = twins.find((one) => one === last) ?? twins.at(-1)
  if (twin === undefined) return []
  const isLast = twin === last
  return [
    findingOf({
      guard: isLast ? 'same-content' : 'rollback',
      level: isLast ? 'remark' : 'warn',
      seen: `the rows of ${twin.snapshot}`,
      threshold: isLast ? 'something new' : `something newer than ${last?.snapshot ?? 'that'}`,
      comparedWith: twin.snapshot,
      message: isLast
        ? `it has the same rows as ${twin.snapshot}, the last before it: nothing changed`
        : `it goes back to the rows of ${twin.snapshot}${twin.held ? ', which is in quarantine' : `, past ${last?.snapshot ?? 'what came later'}`}`,
      next: isLast ? 'Nothing to do' : 'Ask the provider whether an old file was sent again, or a fault was taken back',
    }),
  ]
}

/** Fewer rows than this are counted on fingers, and may stay the same number by chance. */
const FEW = 100

const isRound = (rows: number, sizes: readonly number[]): number | undefined =>
  sizes.filter((size) => rows > 0 && rows % size === 0).sort((a, b) => b - a)[0]

function roundCount({ relation, facts, baseline, scope }: RelationView, sizes: readonly number[]): GuardFinding[] {
  const size = isRound(facts.rows, sizes)
  if (size === undefined || scope !== 'full') return []
  if (baseline?.facts.fingerprint === facts.fingerprint) return []
  const before = baseline?.facts.rows ?? null
  const fell = before !== null && before > facts.rows
  return [
    findingOf({
      guard: 'round-count',
      level: fell ? 'quarantine' : 'warn',
      relation: relation.name,
      seen: `${count(facts.rows)} rows`,
      threshold: `no multiple of ${count(size)}`,
      rows: { seen: facts.rows, base: before ?? 0 },
      comparedWith: baseline?.snapshot.snapshot ?? null,
      message: fell
        ? `${relation.name} fell from ${count(before)} to exactly ${count(facts.rows)} rows: was it cut at a page?`
        : `${relation.name} has exactly ${count(facts.rows)} rows: does it end at a page of ${count(size)}?`,
      next: 'Ask the provider for the number of rows, or whether its export is limited',
    }),
  ]
}

/** Complete deliveries before this one that are not in quarantine, the nearest first. */
const chain = (earlier: readonly FeedSnapshot[], relation: string): FeedSnapshot[] =>
  earlier.filter((one) => !one.held && one.scopes.get(relation) === 'full').reverse()

function repeatedCount(view: GuardView, one: RelationView): GuardFinding[] {
  const { relation, facts, comparison, baseline } = one
  const { repeats } = view.checks
  if (facts.rows < FEW || comparison === null || comparison.created === 0) return []
  const before = chain(view.earlier, relation.name).slice(0, repeats - 1)
  const facts0 = before.map((snapshot) => snapshot.facts.get(relation.name))
  const isSame = facts0.length === repeats - 1 && facts0.every((of) => of?.rows === facts.rows)
  // The oldest of them only has to have the number; between the others rows must have come and gone.
  const moved = facts0.slice(0, -1).every((of) => (of?.compared?.created ?? 0) > 0)
  if (!isSame || !moved) return []
  return [
    findingOf({
      guard: 'repeated-count',
      level: 'warn',
      relation: relation.name,
      seen: `${count(facts.rows)} rows for the ${repeats}th time in a row`.replace(/\b(\d+)th/, (_, n) =>
        ordinal(Number(n)),
      ),
      threshold: `${repeats} changed deliveries with one number of rows`,
      rows: { seen: facts.rows, base: facts.rows },
      comparedWith: baseline?.snapshot.snapshot ?? null,
      message: `${relation.name} has ${count(facts.rows)} rows, as in the ${repeats - 1} deliveries before it, although rows came and went: is there a limit?`,
      next: 'Ask the provider whether its export is limited',
    }),
  ]
}

const ordinal = (n: number): string => (n === 2 ? '2nd' : n === 3 ? '3rd' : `${n}th`)

/** `round-count`, `repeated-count`: numbers of rows that a limit makes and not the world. */
export const lookForPlateaus: Guard = (view) =>
  view.relations.flatMap((one) => [...roundCount(one, view.checks.pageSizes), ...repeatedCount(view, one)])
