/** Growth as a picture: seconds over tracks, both axes logarithmic, so that linear growth is a line of the dotted slope. */
import { figureText, sizeText } from './text-table.js'

const WIDTH = 860
const HEIGHT = 480
const PLOT = { left: 70, right: 590, top: 40, bottom: 420 }
const LABEL_HEIGHT = 15

/** Told apart by shade, dash and label, not by colour alone: one after the other, all over again where there are more. */
const LOOKS = [
  ['#8c1d40', ''],
  ['#1f5a8a', ''],
  ['#6a3d9a', '8 3'],
  ['#b35900', '2 3'],
  ['#2d7a3a', ''],
  ['#666666', '4 3'],
  ['#00707a', '10 3 2 3'],
  ['#a0286e', '5 2'],
  ['#7a6000', '1 3'],
  ['#333333', ''],
]

const decadesOf = (numbers) => [
  Math.floor(Math.log10(Math.min(...numbers))),
  Math.ceil(Math.log10(Math.max(...numbers))),
]

/** Places on a logarithmic axis; a single decade if all numbers are one. */
function axis(numbers, from, to) {
  const [low, high] = decadesOf(numbers)
  const last = Math.max(high, low + 1)
  const at = (number) => from + ((Math.log10(number) - low) / (last - low)) * (to - from)
  return { at, ticks: Array.from({ length: last - low + 1 }, (_, index) => 10 ** (low + index)) }
}

const round = (number) => number.toFixed(1)
const line = (x1, y1, x2, y2, style) =>
  `<line x1="${round(x1)}" y1="${round(y1)}" x2="${round(x2)}" y2="${round(y2)}" ${style}/>`
const text = (x, y, content, style = '') => `<text x="${round(x)}" y="${round(y)}" ${style}>${content}</text>`

function grid(x, y) {
  const { left, right, top, bottom } = PLOT
  const faint = 'stroke="#dddddd"'
  return [
    ...x.ticks.flatMap((rows) => [
      line(x.at(rows), top, x.at(rows), bottom, faint),
      text(x.at(rows), bottom + 18, sizeText(rows), 'text-anchor="middle"'),
    ]),
    ...y.ticks.flatMap((seconds) => [
      line(left, y.at(seconds), right, y.at(seconds), faint),
      text(left - 8, y.at(seconds) + 4, figureText('s', seconds), 'text-anchor="end"'),
    ]),
    text((left + right) / 2, bottom + 40, 'tracks', 'text-anchor="middle"'),
  ]
}

/** The slope of linear growth, through the lower left corner as far as it fits. */
function linearSlope(x, y) {
  const decades = Math.min(x.ticks.length, y.ticks.length) - 1
  const [x1, y1] = [x.ticks[0], y.ticks[0]]
  const [x2, y2] = [x.ticks[decades], y.ticks[decades]]
  return [
    line(x.at(x1), y.at(y1), x.at(x2), y.at(y2), 'stroke="#999999" stroke-dasharray="1 4"'),
    text(x.at(x2) - 6, y.at(y2) + 14, 'linear', 'text-anchor="end" fill="#777777"'),
  ]
}

/** Heights for labels beside the last points, pushed apart so that none covers another. */
function labelHeights(wanted) {
  const order = wanted.map((height, index) => ({ height, index })).sort((a, b) => a.height - b.height)
  const heights = []
  let free = Number.NEGATIVE_INFINITY
  for (const { height, index } of order) {
    heights[index] = Math.max(height, free)
    free = heights[index] + LABEL_HEIGHT
  }
  return heights
}

function curves(series, x, y) {
  const heights = labelHeights(series.map(({ points }) => y.at(points[points.length - 1][1])))
  return series.flatMap(({ label, color, dash, points }, index) => {
    const places = points.map(([rows, seconds]) => [x.at(rows), y.at(seconds)])
    const path = places.map(([px, py]) => `${round(px)},${round(py)}`).join(' ')
    const dashes = dash === '' ? '' : ` stroke-dasharray="${dash}"`
    return [
      `<polyline points="${path}" fill="none" stroke="${color}" stroke-width="2"${dashes}/>`,
      ...places.map(([px, py]) => `<circle cx="${round(px)}" cy="${round(py)}" r="3" fill="${color}"/>`),
      text(PLOT.right + 12, heights[index] + 4, label, `fill="${color}"`),
    ]
  })
}

/** What the caption and labels may hold is ours, but for the name of a processor or system. */
const escaped = (content) => content.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** The curve of each row that is drawn and has figures. */
function seriesOf(rows, sizes) {
  return rows
    .filter(({ isDrawn }) => isDrawn)
    .map(({ label, values }, index) => {
      const [color, dash] = LOOKS[index % LOOKS.length]
      const points = sizes.map((tracks) => [tracks, values[tracks]]).filter(([, value]) => value !== null)
      return { label: escaped(label.trim()), color, dash, points }
    })
    .filter(({ points }) => points.length > 0)
}

/** The SVG of all rows of `tableRows` that are drawn; null when none was measured. */
export function growthChart(rows, sizes, caption) {
  const series = seriesOf(rows, sizes)
  if (series.length === 0) return null
  const seconds = series.flatMap(({ points }) => points.map(([, value]) => value))
  const x = axis(sizes, PLOT.left, PLOT.right)
  const y = axis(seconds, PLOT.bottom, PLOT.top)
  const body = [...grid(x, y), ...linearSlope(x, y), ...curves(series, x, y)]
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12" fill="#222222">`,
    `<title>Seconds over tracks</title>`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#ffffff"/>`,
    text(PLOT.left, 22, escaped(caption), 'font-size="13"'),
    ...body,
    '</svg>',
    '',
  ].join('\n')
}
