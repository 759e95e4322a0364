/**
 * Recall and precision of the conflicts on synthetic catalogues: makes one, ingests it, asks for all conflicts and compares them with
 * what was planted.
 *
 *   node bench/conflicts/recall.js --tracks 1e5 --seed 1 [--seed 2 …] [--providers 6] [--snapshots 3] [--keep FOLDER] [--explain]
 */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { compareWithTruth, readChance, readTruth } from './truth.js'

const { values } = parseArgs({
  options: {
    tracks: { type: 'string', default: '1e4' },
    seed: { type: 'string', multiple: true, default: ['1'] },
    providers: { type: 'string', default: '6' },
    snapshots: { type: 'string', default: '3' },
    keep: { type: 'string' },
    explain: { type: 'boolean', default: false },
  },
})
const binary = fileURLToPath(new URL('../../bin/run.js', import.meta.url))

const run = (folder, output, ...args) =>
  execFileSync(process.execPath, [binary, ...args, '--workspace', folder, '--memory', '3GB'], {
    stdio: ['ignore', output, 'inherit'],
    maxBuffer: 2 ** 31 - 1,
  })

function measured(folder, seed) {
  mkdirSync(folder, { recursive: true })
  const made = join(folder, `synth-${seed}`)
  const workspace = join(folder, `workspace-${seed}`)
  if (!existsSync(made)) {
    const size = [
      '--tracks',
      values.tracks,
      '--seed',
      seed,
      '--providers',
      values.providers,
      '--snapshots',
      values.snapshots,
    ]
    run(workspace, 'ignore', 'synth', made, ...size, '--truth', '-q')
    run(workspace, 'ignore', 'ingest', join(made, 'feeds'), '-q')
  }
  const start = process.hrtime.bigint()
  const text = run(workspace, 'pipe', 'conflicts', '--json', '--limit', '0', '-q').toString()
  const seconds = Number(process.hrtime.bigint() - start) / 1e9
  return { made, seconds, document: JSON.parse(text) }
}

const percent = (part, whole) => (whole === 0 ? '-' : (part / whole).toFixed(4))

function print(rows) {
  const head = ['conflict', 'told', 'found', 'by chance', 'recall', 'precision', 'known from']
  const cells = rows.map(({ id, told, hit, found, right, byChance, sameStart }) => [
    ...[id, told, found, byChance, percent(hit, told), percent(right + byChance, found), percent(sameStart, told)].map(
      String,
    ),
  ])
  const widths = head.map((name, index) => Math.max(name.length, ...cells.map((row) => row[index].length)))
  for (const row of [head, ...cells])
    console.log(
      row.map((cell, index) => (index === 0 ? cell.padEnd(widths[index]) : cell.padStart(widths[index]))).join('  '),
    )
}

const folder = values.keep === undefined ? mkdtempSync(join(tmpdir(), 'recital-recall-')) : resolve(values.keep)
try {
  for (const seed of values.seed) {
    const { made, seconds, document } = measured(folder, seed)
    const truth = await readTruth(join(made, 'truth'), document.known)
    const rows = compareWithTruth(truth, document, await readChance(join(made, 'feeds')))
    console.log(
      `\n${values.tracks} tracks, seed ${seed}, ${values.providers} providers, ${values.snapshots} deliveries, as known on ${document.known}; ${document.conflicts.length} conflicts in ${seconds.toFixed(0)} s`,
    )
    print(rows)
    for (const { id, missed, alarms, late } of rows) {
      if (missed.length > 0) console.log(`${id} missed ${missed.length}`, values.explain ? missed.slice(0, 5) : '')
      if (late.length > 0)
        console.log(`${id} known from another day: ${late.length}`, values.explain ? late.slice(0, 5) : '')
      if (alarms.length > 0) console.log(`${id} not told of ${alarms.length}`, values.explain ? alarms.slice(0, 5) : '')
    }
  }
} finally {
  if (values.keep === undefined) rmSync(folder, { recursive: true, force: true })
}
