/** The reference of `bench/reference` is plain JavaScript; here its functions get the types that the tests need. */
import type { Delivery } from './deliveries.js'

export interface Question {
  /** ISRC. */
  readonly recording: string
  readonly on: string
  readonly territory: string
  /** `all` is a question to the program; the reference answers it with `allRights`. */
  readonly right: 'mech' | 'perf' | 'sync' | 'master' | 'all'
  readonly known?: string
  readonly theories?: readonly string[]
}

/** Amounts in millionths of a percent. */
export interface Answer {
  readonly licensed: number
  readonly exempt: number
  readonly unlicensed: number
  readonly unknown: number
  readonly disputed: number
  readonly cleared: number
  readonly atLeast: number
  readonly atMost: number
  readonly reason: string | null
  readonly flags: readonly string[]
  readonly status: string
  readonly works: readonly {
    readonly weight: number
    readonly basis: string
    readonly kind: string | null
    readonly licensed: number
    readonly exempt: number
    readonly unlicensed: number
    readonly unknown: number
    readonly disputed: number
    readonly parties: readonly {
      readonly party: string
      readonly class: 'L' | 'PD' | 'N' | 'Qu' | 'Qd'
      readonly floor: number
      readonly ceiling: number
      readonly claims: readonly { readonly feed: string; readonly share: number }[]
    }[]
  }[]
}

export interface AllRights {
  readonly rights: Readonly<Record<'mech' | 'perf' | 'master', Answer>>
  readonly status: string
  readonly composite: { readonly mech: number; readonly perf: number; readonly licensed: number } | null
}

/** Deliveries, read once. */
export interface Facts {
  days(): string[]
  at(known?: string): { readonly identity: { ofCode(code: string): string } }
}

type Claims = ReadonlyMap<string, number>
interface Bounds {
  readonly lo: ReadonlyMap<string, number>
  readonly hi: ReadonlyMap<string, number>
  readonly complete: boolean
}

interface Reference {
  readonly Facts: new (deliveries: readonly Delivery[]) => Facts
  /** Throws for right `all` and for a K after the last receipt. */
  cell(facts: Facts, question: Question): Answer
  allRights(facts: Facts, question: Omit<Question, 'right'>): AllRights
  knownCurve(facts: Facts, question: Question): (Answer & { readonly known: string })[]
  /** Steps 1, 2 and 4 alone. */
  boundsOf(providers: readonly Claims[]): Bounds
  bucketsOf(
    providers: readonly Claims[],
    bounds: Bounds,
    classes: ReadonlyMap<string, string>,
  ): Record<'licensed' | 'exempt' | 'unlicensed' | 'unknown' | 'disputed' | 'cleared', number>
  massOf(providers: readonly Claims[], bounds: Bounds, isIn: (party: string) => boolean): number
  codesIn(scheme: string, text: string): string[]
  readFolder(folder: string): Promise<Delivery>
  /** Territories are read from tables that lie outside the repository; without them the reference cannot answer. */
  readonly hasTables: boolean
  territoriesIn(text: string, on: string): Set<string>
}

const file = new URL('../../bench/reference/index.js', import.meta.url).href
const reference = (await import(file)) as Reference

export const {
  allRights,
  boundsOf,
  bucketsOf,
  cell,
  codesIn,
  hasTables,
  knownCurve,
  massOf,
  readFolder,
  territoriesIn,
} = reference

export const factsOf = (deliveries: readonly Delivery[]): Facts => new reference.Facts(deliveries)
