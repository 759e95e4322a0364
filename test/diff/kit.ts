/** Two small files compared as the product compares them, in a database and folder of their own. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Diff, type DiffOptions, diffFiles } from '../../src/diff/index.js'
import { changeColumn } from '../../src/model/change-set.js'
import { type Evidence, openEvidence } from '../../src/store/duckdb.js'

/** A change as a test writes it down. */
export interface PlainChange {
  op: string
  key: Record<string, unknown>
  before: Record<string, unknown> | null
  after: Record<string, unknown> | null
  changed: string[]
}

export type Ask = Omit<DiffOptions, 'old' | 'new' | 'folder' | 'key'> & { key?: readonly string[] }

export class DiffBench {
  #count = 0

  private constructor(
    readonly db: Evidence,
    readonly folder: string,
  ) {}

  static async open(threads = 1): Promise<DiffBench> {
    const folder = mkdtempSync(join(tmpdir(), 'recital-diff-'))
    const db = await openEvidence(':memory:', {
      mode: 'write',
      tempDirectory: join(folder, 'spill'),
      allowedDirectories: [folder],
      threads,
    })
    return new DiffBench(db, folder)
  }

  async close(): Promise<void> {
    await this.db.close()
    rmSync(this.folder, { recursive: true, force: true })
  }

  /** A folder of its own for each question, as each command has. */
  place(): string {
    this.#count += 1
    const place = join(this.folder, String(this.#count))
    mkdirSync(place)
    return place
  }

  write(place: string, name: string, content: string | Buffer): { path: string; name: string } {
    const path = join(place, name)
    writeFileSync(path, content)
    return { path, name }
  }

  async diff(
    old: { path: string; name: string },
    now: { path: string; name: string },
    ask: Ask,
  ): Promise<{ diff: Diff; changes: PlainChange[] }> {
    const { key = [], ...rest } = ask
    const diff = await diffFiles(this.db, { ...rest, key, old, new: now, folder: this.place() })
    return { diff, changes: await this.changes(diff) }
  }

  /** The changes in their order, and the table removed. */
  async changes({ changeSet, sides }: Diff): Promise<PlainChange[]> {
    const rows = await this.db.rows(`SELECT * FROM ${changeSet.table} ORDER BY position`)
    await this.db.run(`DROP TABLE ${changeSet.table}`)
    return rows.map((row) => {
      const side = (which: 'key' | 'before' | 'after', names: readonly string[]) =>
        Object.fromEntries(names.map((name) => [name, row[changeColumn(which, name)]]))
      return {
        op: String(row.op),
        key: side('key', changeSet.key),
        before: row.op === 'create' ? null : side('before', sides.old),
        after: row.op === 'delete' ? null : side('after', sides.new),
        changed: row.changed as string[],
      }
    })
  }
}
