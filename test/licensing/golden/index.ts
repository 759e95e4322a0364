/** The worked examples and time vectors of the domain as data: deliveries, questions, and the answers of the paper. */
import { MANY_PROVIDERS } from './many-providers.js'
import { ONE_PROVIDER } from './one-provider.js'
import type { Example } from './scene.js'
import { DATE_EXAMPLES } from './time-vectors.js'

export type { Asked, Buckets, Example, Expected } from './scene.js'
export { PARTIES, WORKS } from './scene.js'
export { BETWEEN, FIRST_KNOWN, HISTORY, TIME_VECTORS, TOO_LATE } from './time-vectors.js'

export const EXAMPLES: readonly Example[] = [...ONE_PROVIDER, ...MANY_PROVIDERS, ...DATE_EXAMPLES]
