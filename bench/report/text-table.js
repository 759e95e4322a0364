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

const seconds = (value) =>
  value < 1 ? `${(value * 1000).toFixed(value < 0.01 ? 1 : 0)} ms` : `${value.toFixed(value < 100 ? 2 : 0)} s`

const FORMATS = {
  s: seconds,
  x: (value) => `${value.toFixed(2)} x`,
  '^': (value) => `n^${value.toFixed(2)}`,
  '/s': (value) => `${(value / 1000).toFixed(value < 10_000 ? 1 : 0)} k/s`,
  '#': (value) => value.toLocaleString('en'),
  bytes,
}

/** A figure with its unit; a dash where there is none. */
export const figureText = (unit, value) => (value === null ? '-' : FORMATS[unit](value))

/** 10000 as 1e4, 25000 as 25,000: decades as people say them. */
export const sizeText = (tracks) =>
  /^10+$/.test(String(tracks)) ? tracks.toExponential().replace('+', '') : tracks.toLocaleString('en')

/** The rows of `tableRows` as lines, with a blank line between measures. */
export function tableLines(rows, sizes) {
  const cells = rows.map(({ label, unit, aim, values }) => [
    label,
    ...sizes.map((tracks) => figureText(unit, values[tracks])),
    aim ?? '',
  ])
  const all = [['tracks', ...sizes.map(sizeText), 'aim'], ...cells]
  const widths = all[0].map((_, column) => Math.max(...all.map((line) => line[column].length)))
  // The label stands left, figures stand right.
  const cell = (text, column) => (column === 0 ? text.padEnd(widths[column]) : text.padStart(widths[column]))
  const [head, ...lines] = all.map((line) => line.map(cell).join('  ').trimEnd())
  return [
    head,
    ...lines.flatMap((line, index) => (rows[index].measure === rows[index - 1]?.measure ? [line] : ['', line])),
  ]
}
