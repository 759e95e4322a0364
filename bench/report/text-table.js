/** The table for people: figures short enough to compare, columns aligned. */

const SCALES = [
  [1e9, 'GB'],
  [1e6, 'MB'],
  [1e3, 'kB'],
  [1, 'B'],
]

function bytes(value) {
  const [scale, unit] = SCALES.find(([least]) => value >= least) ?? [1, 'B']
  return `${(value / scale).toFixed(scale === 1 ? 0 : 1)} ${unit}`
}

const FORMATS = {
  s: (value) => (value < 1 ? `${(value * 1000).toFixed(0)} ms` : `${value.toFixed(value < 100 ? 2 : 0)} s`),
  x: (value) => `${value.toFixed(2)} x`,
  '^': (value) => `n^${value.toFixed(2)}`,
  '/s': (value) => `${Math.round(value / 1000)} k/s`,
  bytes,
}

/** A figure with its unit; a dash where there is none. */
export const figureText = (unit, value) => (value === null ? '-' : FORMATS[unit](value))

/** 10000 as 1e4, 25000 as 25,000: decades as people say them. */
export const sizeText = (rows) =>
  /^10+$/.test(String(rows)) ? rows.toExponential().replace('+', '') : rows.toLocaleString('en')

function aligned(lines) {
  const widths = lines[0].map((_, column) => Math.max(...lines.map((line) => line[column].length)))
  // The label stands left, figures stand right.
  const cell = (text, column) => (column === 0 ? text.padEnd(widths[column]) : text.padStart(widths[column]))
  return lines.map((line) => line.map(cell).join('  ').trimEnd())
}

/** The tables of `tableRows` as lines: figures by size, then those of a start. */
export function tableLines({ bySize, start }, sizes) {
  const head = ['rows', ...sizes.map(sizeText), 'aim']
  const bySizeLines = bySize.map(({ label, unit, aim, values }) => [
    label,
    ...sizes.map((rows) => figureText(unit, values[rows])),
    aim ?? '',
  ])
  const startLines = start.map(({ label, unit, aim, value }) => [label, figureText(unit, value), aim ?? ''])
  return [
    ...(bySize.length === 0 ? [] : [...aligned([head, ...bySizeLines]), '']),
    ...(start.length === 0 ? [] : aligned([['start', 'any', 'aim'], ...startLines])),
  ]
}
