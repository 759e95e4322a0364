/** Four catalogues, each made once, and all that is told of them held against what their files hold. */
import { describe } from 'vitest'
import { tellsChanges } from './changes.js'
import { tellsConflicts, tellsVanishedClaims } from './conflicts.js'
import { catalogueForSuite } from './kit.js'
import { tellsOfWhatIsThere } from './truth.js'

// A delivery costs the more time the less its rows do: many deliveries, many providers and many tracks each have their own.
describe('so many tracks that there is a mass change, and a delivery that comes late', () => {
  const catalogue = catalogueForSuite({ tracks: 5000, providers: 6, snapshots: 4 })
  tellsOfWhatIsThere(catalogue)
  tellsConflicts(catalogue)
  tellsChanges(catalogue, { hasLate: true })
})

describe('all providers', () => {
  const catalogue = catalogueForSuite({ tracks: 2000, providers: 12, snapshots: 2 })
  tellsConflicts(catalogue)
  tellsChanges(catalogue, { hasLate: false })
})

describe('two deliveries of three providers', () => {
  const catalogue = catalogueForSuite({ tracks: 1500, providers: 3, snapshots: 2 })
  tellsConflicts(catalogue)
  tellsChanges(catalogue, { hasLate: false })
})

describe('many deliveries of the fewest providers', () => {
  const catalogue = catalogueForSuite({ tracks: 2000, providers: 2, snapshots: 7 })
  tellsVanishedClaims(catalogue)
  tellsChanges(catalogue, { hasLate: false })
})
