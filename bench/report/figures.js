/** The figures of one measure at one size, from however many times it was done; what was not measured is null, never 0. */
import { median, percentile } from '../support/statistics.js'

export class Figures {
  #runs
  #others
  #smallest

  /**
   * @param {object[]} runs what the measure returned, each time it was done
   * @param {(name: string) => Figures} others those of another measure at the same size
   * @param {() => Figures} smallest those of the same measure at the smallest size
   */
  constructor(runs, others, smallest) {
    this.#runs = runs
    this.#others = others
    this.#smallest = smallest
  }

  /** Median of a number; null when there are none, or one lacks it. */
  middle(name) {
    const numbers = this.#runs.map((run) => run[name] ?? null)
    return numbers.length === 0 || numbers.includes(null) ? null : median(numbers)
  }

  #samples(name) {
    return this.#runs.flatMap((run) => run[name] ?? [])
  }

  /** Median of samples. */
  p50(name) {
    const samples = this.#samples(name)
    return samples.length === 0 ? null : median(samples)
  }

  /** What 95 in 100 samples do not exceed. */
  p95(name) {
    const samples = this.#samples(name)
    return samples.length === 0 ? null : percentile(samples, 95)
  }

  ratio(above, below) {
    return above === null || below === null ? null : above / below
  }

  /** Of another measure at this size. */
  other(name) {
    return this.#others(name)
  }

  /** Of this measure at the smallest size. */
  get smallest() {
    return this.#smallest()
  }
}
