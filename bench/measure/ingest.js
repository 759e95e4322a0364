/** Ingesting the first and the second delivery, beside the yardstick; every run must have done its work. */
import { readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { checkIngest } from './check-ingest.js'
import { runNode } from './run-process.js'

const BARE_CTAS = fileURLToPath(new URL('../bare-ctas.js', import.meta.url))
const BOUND = '1GB'
const RECEIVED = { first: '2024-01-01', second: '2024-02-01' }

/** Bytes of a file, or of all files below a folder. */
export function bytesOf(path) {
  const found = statSync(path)
  if (!found.isDirectory()) return found.size
  return readdirSync(path).reduce((sum, name) => sum + bytesOf(join(path, name)), 0)
}

/** Ingests one delivery of a catalogue into a workspace. */
export async function ingestDelivery({ program, folder, plan }, delivery, workspace, ...flags) {
  const options = ['--feed', 'bench/catalogue', '--received', RECEIVED[delivery], '--workspace', workspace]
  const ended = await runNode([program, 'ingest', join(folder, delivery), ...options, '--json', '--quiet', ...flags])
  checkIngest(ended.stdout, delivery, plan)
  return { seconds: ended.seconds, peakBytes: ended.peakBytes, diskBytes: bytesOf(workspace) }
}

async function bareCtas({ folder }, database) {
  const { seconds, peakBytes } = await runNode([BARE_CTAS, join(folder, 'first'), database])
  const diskBytes = bytesOf(database)
  rmSync(database)
  return { seconds, peakBytes, diskBytes }
}

/**
 * Repeats, in turn: yardstick; first ingest into an empty workspace and second ingest after it; first ingest in bounded
 * memory. Each run: seconds, peak resident bytes, bytes on disk after it. Throws when a process fails or an ingest does
 * not report the planned rows.
 */
export async function measureIngest(catalogue, repeats) {
  const runs = { ctas: [], ingest: [], reingest: [], bounded: [] }
  const workspace = join(catalogue.folder, 'workspace')
  for (let repeat = 0; repeat < repeats; repeat++) {
    runs.ctas.push(await bareCtas(catalogue, join(catalogue.folder, 'bare.duckdb')))
    runs.ingest.push(await ingestDelivery(catalogue, 'first', workspace))
    runs.reingest.push(await ingestDelivery(catalogue, 'second', workspace))
    rmSync(workspace, { recursive: true })
    runs.bounded.push(await ingestDelivery(catalogue, 'first', workspace, '--memory', BOUND))
    rmSync(workspace, { recursive: true })
  }
  return runs
}
