/** The rows of the table, made from what was measured. */
import { growthExponent } from '../support/statistics.js'
import { Figures } from './figures.js'

/**
 * @typedef {object} MeasuredSize
 * @property {number} tracks
 * @property {Record<string, object[]>} runs by the name of a measure: what it returned, each time it was done
 */

/** Figures of a measure at a size; empty where it was not done. @param {MeasuredSize[]} sizes */
function figuresAt(sizes, index, name) {
  return new Figures(
    sizes[index].runs[name] ?? [],
    (other) => figuresAt(sizes, index, other),
    () => figuresAt(sizes, 0, name),
  )
}

/** p where the figure grows like tracks^p since the size before; null at the smallest, and where one is missing. */
function growth(values, sizes, index) {
  const [before, now] = [values[index - 1] ?? null, values[index] ?? null]
  if (before === null || now === null) return null
  return growthExponent([sizes[index - 1].tracks, before], [sizes[index].tracks, now])
}

/**
 * All rows of these measures, in order, with one value per size, keyed by its number of tracks; after a row that grows, its
 * exponent. @param {import('../measures.js').Measure[]} measures @param {MeasuredSize[]} sizes in ascending order
 */
export function tableRows(measures, sizes) {
  const keyed = (values) => Object.fromEntries(sizes.map(({ tracks }, index) => [tracks, values[index]]))
  return measures.flatMap(({ name, rows }) =>
    rows.flatMap(({ id, label, unit, of, aim = null, grows = false }) => {
      const values = sizes.map((_, index) => of(figuresAt(sizes, index, name)))
      const row = { id, measure: name, label, unit, aim, isDrawn: grows, values: keyed(values) }
      if (!grows) return [row]
      const exponents = sizes.map((_, index) => growth(values, sizes, index))
      const own = { id: `${id}-growth`, label: '  growth', unit: '^', isDrawn: false, values: keyed(exponents) }
      return [row, { ...row, ...own, aim: id.endsWith('-cold') ? null : '~ 1' }]
    }),
  )
}
