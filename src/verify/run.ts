/** A verification from the files to the answer, in a database of its own that nothing remains of. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { type ColumnType, readChanges } from '../diff/index.js'
import { type Evidence, openEvidence } from '../store/duckdb.js'
import type { Limits } from '../store/generations.js'
import type { Allowance } from './allow.js'
import { demandSamePair, type NamedSnapshot, pairOf } from './named-pair.js'
import { type CarriedChanges, diffOf, type TwoFiles, unpackChanges } from './ours.js'
import { type Verification, verifyChanges } from './verify.js'

export interface VerifyRequest {
  readonly ours: CarriedChanges | TwoFiles
  /** Absolute path of the changes that another system logged. */
  readonly against: string
  readonly types: ReadonlyMap<string, ColumnType>
  readonly allowances: readonly Allowance[]
  /** Calendar day by which entries expire. */
  readonly today: string
  /** Folder for temporary files; the caller removes it. */
  readonly folder: string
  readonly limits: Limits
  readonly signal: AbortSignal
}

export interface Verified extends Verification {
  readonly pair: { readonly old: NamedSnapshot; readonly new: NamedSnapshot }
  /** sha256 of their file as it is. */
  readonly sha256: string
}

const isCarried = (ours: VerifyRequest['ours']): ours is CarriedChanges => 'parquet' in ours

/**
 * Compares our changes with a file of theirs.
 * Throws InputError `other-snapshots`, `other-key`, and as reading changes and files does; UsageError; CancelledError.
 */
export async function verify(request: VerifyRequest): Promise<Verified> {
  const { ours, against, folder, limits, signal } = request
  const given = isCarried(ours) ? [] : [dirname(ours.old), dirname(ours.new)]
  const db = await openEvidence(':memory:', {
    mode: 'write',
    tempDirectory: join(folder, 'spill'),
    allowedDirectories: [folder, dirname(against), ...given],
    ...limits,
  })
  const stop = () => db.interrupt()
  signal.addEventListener('abort', stop, { once: true })
  try {
    return await compare(db, request)
  } finally {
    signal.removeEventListener('abort', stop)
    await db.close()
  }
}

async function compare(db: Evidence, request: VerifyRequest): Promise<Verified> {
  const { ours, against, types, allowances, today, folder, limits, signal } = request
  const file = basename(against)
  const own = isCarried(ours)
    ? { changeSet: await unpackChanges(db, ours), pair: ours.pair }
    : await diffOf(db, ours, { folder, signal, memoryBytes: limits.memoryBytes })
  const { key } = own.changeSet
  const theirs = await readChanges(db, { path: against, name: file, folder, key, types, signal })
  demandSamePair(await pairOf(against), own.pair, file)
  const verification = await verifyChanges(db, own.changeSet, theirs, { allowances, today, file })
  return { ...verification, pair: own.pair, sha256: await sha256Of(against) }
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}
