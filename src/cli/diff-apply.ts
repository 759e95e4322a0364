/** Applying changes for a command. */
import { dirname, resolve } from 'node:path'
import { applyChanges, formatOf, withScratch } from '../diff/index.js'
import { checkReportFile } from '../report/index.js'
import { namesOf } from './diff-flags.js'
import type { Session } from './session.js'
import type { DiffApplyDocument } from './views/diff-apply.js'

export interface ApplyFlags {
  readonly out: string
  readonly reverse: boolean
  readonly key?: string[] | undefined
  readonly null?: string | undefined
  readonly overwrite: boolean
}

/** Throws as reading, applying and writing do. */
export async function runApply(
  session: Session,
  args: { readonly old: string; readonly changes: string },
  flags: ApplyFlags,
): Promise<DiffApplyDocument> {
  const at = (name: string) => ({ path: resolve(session.cwd, name), name })
  const out = { ...at(flags.out), overwrite: flags.overwrite, format: formatOf(flags.out) }
  checkReportFile(out)
  const folders = [at(args.old), at(args.changes), out].map(({ path }) => dirname(path))
  const { signal } = session
  const key = namesOf(flags.key)
  session.progress.phase('Apply')
  const applied = await withScratch({ ...session.limits, signal, folders }, ({ db, folder }) =>
    applyChanges(db, {
      ...{ old: at(args.old), changes: at(args.changes), out, folder, signal, reverse: flags.reverse },
      ...{ key: key.length === 0 ? undefined : key, nullText: flags.null },
    }),
  )
  return { kind: 'recital.diff.apply', version: 1, ...applied }
}
