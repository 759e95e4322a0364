/** What domain 1.5 promises of every picture, on random ones: steps 1, 2 and 4 alone. */
import { describe, expect, it } from 'vitest'
import { boundsOf, bucketsOf, massOf } from '../licensing/reference.js'
import fc from '../support/property.js'

const WHOLE = 100_000_000
const E = 60_000

type Claims = ReadonlyMap<string, number>
type Class = 'L' | 'PD' | 'N' | 'Qu' | 'Qd'
interface Picture {
  readonly providers: readonly Claims[]
  readonly classes: ReadonlyMap<string, Class>
}

const PARTIES = ['a', 'b', 'c', 'd', 'e']

const total = (claims: Claims): number => [...claims.values()].reduce((sum, share) => sum + share, 0)

const share = fc.oneof(
  fc
    .constantFrom(0, 5, 10, 20, 25, 30, 33.33, 33.34, 40, 50, 60, 75, 90, 100)
    .map((percent) => Math.round(percent * 1_000_000)),
  fc.integer({ min: 0, max: WHOLE }),
)

const anyClaims: fc.Arbitrary<Claims> = fc
  .array(fc.tuple(fc.constantFrom(...PARTIES), share), { minLength: 1, maxLength: 5 })
  .map((pairs) => new Map(pairs))

/** The first claims cut and filled up so that they sum to 100 percent. */
const completeClaims: fc.Arbitrary<Claims> = anyClaims.map((claims) => {
  let left = WHOLE
  const cut = [...claims].map(([party, wanted]): [string, number] => {
    const given = Math.min(wanted, left)
    left -= given
    return [party, given]
  })
  return new Map(cut.map(([party, given], place): [string, number] => [party, place === 0 ? given + left : given]))
})

const classesFrom = (...classes: Class[]) =>
  fc
    .tuple(...PARTIES.map(() => fc.constantFrom(...classes)))
    .map((drawn) => new Map(PARTIES.map((party, place): [string, Class] => [party, drawn[place] ?? 'N'])))

const anyClasses = classesFrom('L', 'L', 'N', 'N', 'PD', 'Qu', 'Qd')
const anyProviders = fc.array(fc.oneof(anyClaims, completeClaims), { minLength: 1, maxLength: 4 })
const anyPicture: fc.Arbitrary<Picture> = fc.record({ providers: anyProviders, classes: anyClasses })

const measure = ({ providers, classes }: Picture) => bucketsOf(providers, boundsOf(providers), classes)
const RUNS = { numRuns: 5_000 }

const massIn = ({ providers, classes }: Picture, kind: Class): number =>
  massOf(providers, boundsOf(providers), (party) => classes.get(party) === kind)

describe('the measure', () => {
  it('has no bucket below 0, and all of them sum to 100', () => {
    fc.assert(
      fc.property(anyPicture, (picture) => {
        const { cleared, ...buckets } = measure(picture)
        const sum = Object.values(buckets).reduce((all, next) => all + next, 0)
        expect(Math.min(cleared, ...Object.values(buckets))).toBeGreaterThanOrEqual(0)
        expect(Math.abs(sum - WHOLE)).toBeLessThanOrEqual(E)
      }),
      RUNS,
    )
  })

  it('clears at least what is licensed and what is exempt', () => {
    fc.assert(
      fc.property(anyPicture, (picture) => {
        const { licensed, exempt, cleared } = measure(picture)
        expect(cleared).toBeGreaterThanOrEqual(licensed + exempt - E)
      }),
      RUNS,
    )
  })

  it('is all licensed when all are, the picture is complete, and no incomplete provider states less than another', () => {
    fc.assert(
      fc.property(anyProviders, completeClaims, (others, complete) => {
        const providers = [complete, ...others]
        const { hi } = boundsOf(providers)
        const isLess = (claims: Claims) => [...claims].some(([party, q]) => Math.min(q, WHOLE) < (hi.get(party) ?? 0))
        fc.pre(!providers.some((claims) => total(claims) < WHOLE - E && isLess(claims)))
        const classes = new Map(PARTIES.map((party): [string, Class] => [party, 'L']))
        expect(measure({ providers, classes }).licensed).toBeGreaterThanOrEqual(WHOLE - E)
      }),
      RUNS,
    )
  })

  it('never licenses less nor leaves more unlicensed when a party gets a licence', () => {
    fc.assert(
      fc.property(anyPicture, fc.constantFrom(...PARTIES), ({ providers, classes }, party) => {
        fc.pre(classes.get(party) !== 'PD')
        const before = measure({ providers, classes })
        const after = measure({ providers, classes: new Map([...classes, [party, 'L']]) })
        expect(after.licensed).toBeGreaterThanOrEqual(before.licensed)
        expect(after.unlicensed).toBeLessThanOrEqual(before.unlicensed)
      }),
      RUNS,
    )
  })

  it('never licenses more when an unlicensed claimant joins a complete picture', () => {
    fc.assert(
      fc.property(anyProviders, anyClasses, share, fc.nat(), (providers, classes, claim, place) => {
        fc.pre(boundsOf(providers).complete)
        const more = providers.map((claims, index) =>
          index === place % providers.length ? new Map([...claims, ['new', claim]]) : claims,
        )
        const after = measure({ providers: more, classes: new Map([...classes, ['new', 'N']]) })
        expect(after.licensed).toBeLessThanOrEqual(measure({ providers, classes }).licensed)
      }),
      RUNS,
    )
  })

  it('never excludes what a provider of at most 100 states', () => {
    fc.assert(
      fc.property(anyPicture, (picture) => {
        for (const claims of picture.providers.filter((own) => total(own) <= WHOLE)) {
          const beyond = (['L', 'PD', 'N'] as const).map((kind) => {
            const own = [...claims].filter(([party]) => picture.classes.get(party) === kind)
            return Math.max(0, massIn(picture, kind) - total(new Map(own)))
          })
          const room = WHOLE - total(claims)
          expect(beyond.reduce((all, next) => all + next, 0)).toBeLessThanOrEqual(room)
        }
      }),
      RUNS,
    )
  })

  it('does not depend on the order of providers and rows, nor on names', () => {
    fc.assert(
      fc.property(anyPicture, ({ providers, classes }) => {
        const turned = [...providers].reverse().map((claims) => new Map([...claims].reverse()))
        const renamed = (party: string) => `x${PARTIES.length - PARTIES.indexOf(party)}`
        const measured = measure({ providers, classes })
        expect(measure({ providers: turned, classes })).toEqual(measured)
        const others = providers.map((claims) => new Map([...claims].map(([party, q]) => [renamed(party), q])))
        const otherClasses = new Map([...classes].map(([party, kind]): [string, Class] => [renamed(party), kind]))
        expect(measure({ providers: others, classes: otherClasses })).toEqual(measured)
      }),
      RUNS,
    )
  })
})
