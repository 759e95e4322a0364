/** What is said of works and claimants, whatever part of them is looked at. */
import type { Step } from '../../pipeline.js'
import claimantFootings from './claimant_footings.sql'
import claimantTerms from './claimant_terms.sql'
import footings from './footings.sql'
import openFacts from './open_facts.sql'
import openTerms from './open_terms.sql'
import saidShares from './said_shares.sql'
import terms from './terms.sql'
import texts from './texts.sql'

export const SAID_STEPS: readonly Step[] = [
  ['texts', texts],
  ['claimant_terms', claimantTerms],
  ['terms', terms],
  ['claimant_footings', claimantFootings],
  ['footings', footings],
  ['open_terms', openTerms],
  ['open_facts', openFacts],
  ['said_shares', saidShares],
]
