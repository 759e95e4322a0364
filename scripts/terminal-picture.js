/**
 * Draws docs/images/*.svg: what the real program prints for the demo catalogue, as a terminal shows it. Nothing in a
 * picture is written by hand.
 *
 *   node scripts/terminal-picture.js           draw
 *   node scripts/terminal-picture.js --check   fail when a picture is not what the program prints
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import stringWidth from 'string-width'

const project = fileURLToPath(new URL('..', import.meta.url))
const program = join(project, 'bin/run.js')
const images = join(project, 'docs/images')
const WIDTH = 150

const PICTURES = [
  {
    name: 'lookup',
    deliveries: ['society/2018-06-01', 'service/2020-01-01'],
    command: ['lookup', 'ZZRCL1800003'],
  },
  {
    name: 'history',
    deliveries: ['society/2018-06-01', 'society/2019-09-01'],
    command: ['lookup', 'T-900.000.014-6', '--history'],
  },
]

/** Runs recital in the project's folder; returns what it prints on stdout, with its colours. */
function recital(args) {
  const { FORCE_COLOR, NO_COLOR, ...env } = process.env
  const run = spawnSync(process.execPath, [program, ...args], {
    cwd: project,
    encoding: 'utf8',
    env: { ...env, FORCE_COLOR: '1' },
  })
  if (run.status !== 0) throw new Error(`recital ${args.join(' ')} failed:\n${run.stderr}`)
  return run.stdout
}

function capture({ deliveries, command }) {
  const workspace = mkdtempSync(join(tmpdir(), 'recital-picture-'))
  try {
    for (const one of deliveries) recital(['ingest', `fixtures/catalogue/${one}`, '--quiet', '--workspace', workspace])
    return recital([...command, '--workspace', workspace, '--width', String(WIDTH)])
  } finally {
    rmSync(workspace, { recursive: true, force: true })
  }
}

const FONT = 13
const CELL = 7.8
const LINE = 18
const MARGIN = 16
const TOP = 40
const TEXT = '#d8dee9'
/** The colours of SGR codes 31 to 36; a code that is not here changes nothing. */
const COLORS = new Map([
  [31, '#e06c75'],
  [32, '#98c379'],
  [33, '#e5c07b'],
  [34, '#61afef'],
  [35, '#c678dd'],
  [36, '#56b6c2'],
])

const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** A line cut at its SGR codes: pieces of text with their colour and weight. */
function pieces(line) {
  const found = []
  let style = { color: TEXT, bold: false, dim: false }
  // Odd parts are the numbers of an SGR code.
  for (const [index, part] of line.split(/\u001b\[([\d;]*)m/).entries()) {
    if (index % 2 === 1) style = part.split(';').reduce((before, code) => applied(before, Number(code)), style)
    else if (part !== '') found.push({ text: part, ...style })
  }
  return found
}

function applied(style, code) {
  if (code === 0) return { color: TEXT, bold: false, dim: false }
  if (code === 1) return { ...style, bold: true }
  if (code === 2) return { ...style, dim: true }
  if (code === 22) return { ...style, bold: false, dim: false }
  if (code === 39) return { ...style, color: TEXT }
  return { ...style, color: COLORS.get(code) ?? style.color }
}

function drawn(line, row) {
  let column = 0
  return pieces(line).flatMap(({ text, color, bold, dim }) => {
    const x = (MARGIN + column * CELL).toFixed(1)
    column += stringWidth(text)
    if (text.trim() === '') return []
    const weight = bold ? ' font-weight="bold"' : ''
    const opacity = dim ? ' opacity="0.65"' : ''
    // Fixed lengths keep the columns under each other in any font.
    const place = `x="${x}" y="${TOP + (row + 1) * LINE}" textLength="${(stringWidth(text) * CELL).toFixed(1)}"`
    return [`<text ${place} fill="${color}"${weight}${opacity} xml:space="preserve">${escaped(text)}</text>`]
  })
}

/** Lines as an SVG picture of a terminal. */
function svg(lines) {
  const columns = Math.max(...lines.map((line) => pieces(line).reduce((sum, { text }) => sum + stringWidth(text), 0)))
  const width = Math.ceil(columns * CELL + 2 * MARGIN)
  const height = TOP + (lines.length + 1) * LINE
  const buttons = ['#ff5f56', '#ffbd2e', '#27c93f'].map(
    (color, index) => `<circle cx="${MARGIN + 6 + index * 20}" cy="20" r="6" fill="${color}"/>`,
  )
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace" font-size="${FONT}">`,
    `<rect width="${width}" height="${height}" rx="8" fill="#1e222a"/>`,
    ...buttons,
    ...lines.flatMap(drawn),
    '</svg>',
    '',
  ].join('\n')
}

const isCheck = process.argv.includes('--check')
mkdirSync(images, { recursive: true })
for (const picture of PICTURES) {
  const file = join(images, `${picture.name}.svg`)
  const printed = capture(picture).trimEnd().split('\n')
  const drawing = svg([`\u001b[32m$\u001b[39m recital ${picture.command.join(' ')}`, ...printed])
  if (!isCheck) writeFileSync(file, drawing)
  else if (readFileSync(file, 'utf8') !== drawing) {
    console.error(
      `docs/images/${picture.name}.svg is not what the program prints\n  next: node scripts/terminal-picture.js`,
    )
    process.exitCode = 1
  }
}
