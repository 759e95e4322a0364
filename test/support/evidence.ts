/** A real evidence file with its archive in a temporary folder, for tests that stage and fold without the command line. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Staging } from '../../src/ingest/staging.js'
import { RELATIONS, type RelationName } from '../../src/model/relations.js'
import {
  checksOf,
  foldSnapshot,
  type GivenChecks,
  judgeSnapshot,
  recordOverride,
  registerSnapshot,
  type SnapshotRecord,
  snapshotId,
} from '../../src/snapshots/index.js'
import { type Evidence, openEvidence } from '../../src/store/duckdb.js'
import { createSchema } from '../../src/store/evidence/schema.js'

export interface TestRow {
  readonly relation: RelationName
  readonly values: Readonly<Record<string, string>>
  readonly op?: 'delete'
  readonly unit?: string
  readonly spoken?: string
}

export interface TestSnapshot {
  readonly feed?: string
  readonly published: string
  readonly received: string
  readonly sequence?: number
  readonly scope: 'full' | 'delta'
  readonly byUnit?: boolean
  readonly rows: readonly TestRow[]
  /** Relations spoken about although they may have no row. */
  readonly relations?: readonly RelationName[]
  /** Has the guards look at it before it is folded. */
  readonly guards?: 'warn' | 'enforce'
  readonly checks?: GivenChecks
  readonly partial?: boolean
  /** Taken in although it is in quarantine. */
  readonly override?: string
  /** Names of the columns of its file, where it has any. */
  readonly columns?: readonly string[]
}

export class TestEvidence {
  private constructor(
    readonly db: Evidence,
    readonly folder: string,
  ) {}

  static async create(): Promise<TestEvidence> {
    const folder = mkdtempSync(path.join(tmpdir(), 'recital-evidence-'))
    const db = await openEvidence(path.join(folder, 'evidence.duckdb'), {
      mode: 'write',
      tempDirectory: path.join(folder, 'spill'),
      allowedDirectories: [folder],
      threads: 2,
    })
    await createSchema(db, 'test')
    return new TestEvidence(db, folder)
  }

  async close(): Promise<void> {
    await this.db.close()
    rmSync(this.folder, { recursive: true, force: true })
  }

  /** Stages, registers and folds a snapshot; returns its id. The line of a row is its place in `rows`, from 1. */
  async load(snapshot: TestSnapshot): Promise<string> {
    const staged = path.join(this.folder, `staged-${Math.random().toString(36).slice(2)}`)
    mkdirSync(staged)
    const scratch = await openEvidence(':memory:', {
      mode: 'write',
      tempDirectory: path.join(this.folder, 'scratch'),
      allowedDirectories: [this.folder],
      threads: 1,
    })
    const staging = await Staging.open(scratch, { folder: staged, endDates: 'exclusive' })
    await staging.openSinks()
    const file = staging.addFile(
      { name: 'rows', path: '', sha256: JSON.stringify(snapshot), bytes: 0 },
      snapshot.rows.length,
    )
    const sink = staging.sink(file)
    const names = new Set<RelationName>(snapshot.relations ?? [])
    for (const name of names) staging.declare(name)
    snapshot.rows.forEach((row, index) => {
      names.add(row.relation)
      const { op, unit, spoken } = row
      sink.row(
        row.relation,
        { line: index + 1, ...(op && { op }), ...(unit && { unit }), ...(spoken && { spoken }) },
        row.values,
      )
    })
    await staging.finish()
    await scratch.close()
    const record: SnapshotRecord = {
      feed: snapshot.feed ?? 'p1/x',
      provider: 'p1',
      policy: null,
      format: snapshot.byUnit ? 'ern' : 'tables',
      byUnit: snapshot.byUnit ?? false,
      published: snapshot.published,
      received: snapshot.received,
      receivedBasis: 'given',
      sequence: snapshot.sequence ?? null,
      scope: snapshot.scope,
      endDates: 'exclusive',
      mapping: null,
      relations: [...names].map((name) => ({ relation: RELATIONS[name], scope: snapshot.scope })),
      files: [
        {
          name: 'rows',
          sha256: file.source.sha256,
          bytes: 0,
          lines: snapshot.rows.length,
          header: snapshot.columns === undefined ? 0 : 1,
          staged: snapshot.rows.length,
          rejected: 0,
          continued: 0,
          blank: 0,
          partial: snapshot.partial ?? false,
          columns: snapshot.columns === undefined ? null : { relation: [...names][0] ?? '', names: snapshot.columns },
        },
      ],
      findings: [],
      partial: snapshot.partial ?? false,
      guards: { mode: snapshot.guards ?? 'warn', checks: checksOf(snapshot.checks) },
      ingestedAt: '2020-01-01T00:00:00Z',
      program: 'test',
    }
    const id = snapshotId(record)
    const archive = path.join(this.folder, id)
    const { renameSync } = await import('node:fs')
    renameSync(staged, archive)
    const number = await registerSnapshot(this.db, record, archive)
    const context = { db: this.db, archive: this.folder }
    if (snapshot.override !== undefined) {
      await recordOverride(this.db, id, { reason: snapshot.override, by: 'test', at: '2020-01-01T00:00:00Z' })
    }
    const moved = snapshot.guards === undefined ? [] : (await judgeSnapshot(context, number)).moved
    await foldSnapshot(context, number, moved)
    return id
  }
}
