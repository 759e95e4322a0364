/** The reference against the worked examples and time vectors of the domain, typed in by hand. */
import { describe, expect, it } from 'vitest'
import { writeDeliveries } from '../licensing/deliveries.js'
import {
  BETWEEN,
  EXAMPLES,
  type Expected,
  FIRST_KNOWN,
  HISTORY,
  PARTIES,
  TIME_VECTORS,
  TOO_LATE,
  WORKS,
} from '../licensing/golden/index.js'
import {
  type Answer,
  allRights,
  cell,
  type Facts,
  factsOf,
  hasTables,
  knownCurve,
  type Question,
  readFolder,
} from '../licensing/reference.js'
import { temporaryFolder } from '../support/workspaces.js'

const percent = (millionths: number): number => millionths / 1_000_000

const CLASSES = { L: 'licensed', PD: 'exempt', N: 'unlicensed', Qu: 'unknown', Qd: 'disputed' } as const

type Work = Answer['works'][number]
type Counted = Pick<Work, 'licensed' | 'exempt' | 'unlicensed' | 'unknown' | 'disputed'>

const bucketsOf = ({ licensed, exempt, unlicensed, unknown, disputed }: Counted): number[] =>
  [licensed, exempt, unlicensed, unknown, disputed].map(percent)

/** The names of the paper for what the reference calls by its codes. */
function namesAt(facts: Facts, known: string | undefined): Map<string, string> {
  const { identity } = facts.at(known)
  return new Map([
    ...Object.entries(PARTIES).map(([name, ipi]): [string, string] => [identity.ofCode(`ipi-name:${ipi}`), name]),
    ...Object.entries(WORKS).map(([name, iswc]): [string, string] => [identity.ofCode(`iswc:${iswc}`), name]),
  ])
}

/** What the reference says, of all that the paper says. */
function saidOf(facts: Facts, question: Question, expected: Expected): Expected {
  const answer = cell(facts, question)
  const names = namesAt(facts, question.known)
  const parties = answer.works.flatMap((work) =>
    work.parties.map(({ party, floor, ceiling, class: found }) => [
      names.get(party) ?? party,
      { class: CLASSES[found], floor: percent(floor), ceiling: percent(ceiling) },
    ]),
  )
  const works = answer.works.map((work) => [names.get((work as Work & { work: string }).work), bucketsOf(work)])
  const said = {
    buckets: bucketsOf(answer),
    licensed: percent(answer.licensed),
    atMost: percent(answer.atMost),
    cleared: percent(answer.cleared),
    status: answer.status,
    reason: answer.reason,
    parties: Object.fromEntries(parties),
    works: Object.fromEntries(works),
  }
  return Object.fromEntries(Object.entries(said).filter(([name]) => name in expected))
}

/** `A 50` for each claim at a cell. */
function claimsOf(facts: Facts, question: Question): string[] {
  const names = namesAt(facts, question.known)
  return cell(facts, question).works.flatMap(({ parties }) =>
    parties.flatMap(({ party, claims }) => claims.map(({ share }) => `${names.get(party)} ${percent(share)}`)),
  )
}

describe.skipIf(!hasTables)('the reference (needs the territory tables beside the repository)', () => {
  describe('worked examples', () => {
    for (const { name, deliveries, asked, all } of EXAMPLES) {
      it(name, () => {
        const facts = factsOf(deliveries)
        for (const { question, expected } of asked) {
          expect(saidOf(facts, question, expected), JSON.stringify(question)).toEqual(expected)
        }
        if (all === undefined) return
        const { composite, status } = allRights(facts, all.question)
        expect({ composite: percent(composite?.licensed ?? 0), status }).toEqual({
          composite: all.composite,
          status: all.status,
        })
      })
    }

    it('holds every number of the paper', () => {
      const numbers = new Set(EXAMPLES.map(({ name }) => name.split(' ')[0]))
      const lettered = ['1b', '2a', '2b', '2c', '2d', '9b', '9c', '9d', '22b']
      const plain = Array.from({ length: 25 }, (_, place) => String(place + 1)).filter((number) => number !== '2')
      expect([...plain, ...lettered].filter((number) => !numbers.has(number))).toEqual([])
    })
  })

  describe('time vectors', () => {
    it.each(TIME_VECTORS)('$name', ({ deliveries, question, claims, unknown }) => {
      const facts = factsOf(deliveries)
      expect(claimsOf(facts, question)).toEqual(claims)
      if (unknown === undefined) return
      const answer = cell(facts, question)
      expect(bucketsOf(answer)).toEqual([0, 0, 0, 100, 0])
      if (unknown.reason !== undefined) expect(answer.reason).toBe(unknown.reason)
    })

    it('T9: what changed between two K, with the states between', () => {
      const facts = factsOf(HISTORY)
      const at = (known: string): string[] => claimsOf(facts, { ...BETWEEN.question, known })
      expect([at(BETWEEN.from), at(BETWEEN.to)]).toEqual([BETWEEN.before, BETWEEN.after])
      const states = facts
        .days()
        .filter((day) => day > BETWEEN.from && day <= BETWEEN.to)
        .map((day) => [day, at(day)])
      expect(states).toEqual(BETWEEN.states)
    })

    it('T11: a K after the last receipt is refused, naming it', () => {
      expect(() => cell(factsOf(HISTORY), TOO_LATE.question)).toThrow(TOO_LATE.names)
    })

    it('T12: the first K at which the control of B was known', () => {
      const facts = factsOf(HISTORY)
      const { known: _, ...question } = { ...BETWEEN.question, on: FIRST_KNOWN.on }
      const curve = knownCurve(facts, question).map(({ known }) => [known, claimsOf(facts, { ...question, known })])
      const first = curve.find(([, claims]) => String(claims).startsWith(FIRST_KNOWN.party))
      expect(first?.[0]).toBe(FIRST_KNOWN.known)
    })
  })

  it('says the same of deliveries that were written to folders and read again', async () => {
    const root = temporaryFolder()
    for (const { name, deliveries, asked } of EXAMPLES) {
      const folders = writeDeliveries(`${root}/${name}`, deliveries)
      const facts = factsOf(await Promise.all(folders.map(readFolder)))
      for (const { question, expected } of asked) expect(saidOf(facts, question, expected), name).toEqual(expected)
    }
  })
})
