/** The reference asked about one small picture. */
import type { Delivery } from '../licensing/deliveries.js'
import { ask, type Claim, delivery } from '../licensing/golden/scene.js'
import { cell, factsOf, type Question } from '../licensing/reference.js'

export const asked = (deliveries: readonly Delivery[], differs: Partial<Question> = {}) =>
  cell(factsOf(deliveries), ask(differs))

/** Licensed, exempt, unlicensed, unknown, disputed; percent. */
export function buckets(deliveries: readonly Delivery[], differs: Partial<Question> = {}): number[] {
  const { licensed, exempt, unlicensed, unknown, disputed } = asked(deliveries, differs)
  return [licensed, exempt, unlicensed, unknown, disputed].map((amount) => amount / 1_000_000)
}

/** One provider with the recording; rows of other relations as given. */
export const one = (of: readonly Claim[], more: Partial<Parameters<typeof delivery>[1]> = {}): Delivery =>
  delivery('p1/x', { works: { W1: of }, licences: [], links: { W1: {} }, ...more })
