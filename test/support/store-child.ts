/** Tasks of another process on a workspace: `tsx store-child.ts TASK ROOT`. Started by `workspaces.ts`. */
import { once } from 'node:events'
import { logQuery } from '../../src/store/casebook/query-log.js'
import { cleanUp } from '../../src/store/clean-up.js'
import { openEvidence } from '../../src/store/duckdb.js'
import { beginGeneration, openCurrentForReading } from '../../src/store/generations.js'
import { openWorkspace, type Workspace } from '../../src/store/workspace.js'
import { acquireWriterLock } from '../../src/store/writer-lock.js'
import { addRound } from './rounds.js'

const [task = '', root = ''] = process.argv.slice(2)
const say = (line: string) => process.stdout.write(`${line}\n`)
const told = () => once(process.stdin, 'data')

const open = (): Workspace =>
  openWorkspace(root, {
    pid: process.pid,
    startedAt: '2024-01-09T11:00:00Z',
    command: `child ${task}`,
    program: 'recital 0.1.0',
    isAlive: () => true,
  })

const tasks: Record<string, () => Promise<void>> = {
  /** Takes the writer's lock and keeps it. */
  async lock() {
    await acquireWriterLock(open())
    say('locked')
    await told()
  },

  /** Publishes one generation after another until it is killed; says so after the first. */
  async write() {
    const lock = await acquireWriterLock(open())
    cleanUp(lock)
    say('ready')
    for (let published = 0; ; published++) {
      if (published === 1) say('publishing')
      const generation = await beginGeneration(lock, { inputFolders: [], threads: 1 })
      await addRound(generation)
      await generation.publish()
    }
  },

  /** Opens the published generation, and counts its rows now and each time it is told to. */
  async read() {
    const published = await openCurrentForReading(open(), { threads: 1 })
    for (;;) {
      const rows = await published?.evidence.rows('SELECT count(*) AS n FROM rounds')
      say(String(rows?.[0]?.n))
      await told()
    }
  },

  /** Writes five questions to the query log. */
  async log() {
    for (let index = 0; index < 5; index++) {
      const warning = await logQuery(open(), {
        askedAt: '2024-01-09T12:00:00Z',
        command: 'lookup',
        arguments: { id: `${process.pid}-${index}` },
        generation: 1,
        known: null,
        basisHash: null,
        rows: 0,
        summary: 'nothing found',
      })
      if (warning !== undefined) say(warning)
    }
  },

  /** Prints an instant and a zoneless time as they come out of the store. */
  async instant() {
    const evidence = await openEvidence(`${root}/instant.duckdb`, {
      mode: 'write',
      tempDirectory: `${root}/spill`,
      allowedDirectories: [],
    })
    const rows = await evidence.rows(
      `SELECT TIMESTAMPTZ '2024-01-09 10:00:00.25+02' AS instant, TIMESTAMP '2024-01-09 10:00:00' AS zoneless,
        (TIMESTAMPTZ '2024-01-09 23:30:00+00')::DATE AS day`,
    )
    say(JSON.stringify(rows[0]))
    await evidence.close()
  },
}

await tasks[task]?.()
process.exit(0)
