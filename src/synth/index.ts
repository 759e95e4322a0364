/** The synthetic catalogue: deliveries made of a seed, with what is true about them. */
export { type GivenParameters, synthParameters } from './parameters.js'
export {
  type SynthContext,
  type SynthRequest,
  type SynthResult,
  synthesise,
} from './synthesise.js'
