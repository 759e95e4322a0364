import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import Database from 'better-sqlite3'
import { describe, expect, it, onTestFinished } from 'vitest'
import { type LoggedQuery, logQuery } from '../../../src/store/casebook/query-log.js'
import type { Workspace } from '../../../src/store/workspace.js'
import { startChild, temporaryWorkspace } from '../../support/workspaces.js'

const QUERY: LoggedQuery = {
  askedAt: '2024-01-09T10:00:00Z',
  command: 'lookup',
  arguments: { id: "US'ABC", known: '2020-02-01', limit: 5 },
  generation: 3,
  known: '2020-02-01',
  basisHash: 'f00d',
  rows: 3_000_000_000,
  summary: '2 recordings, 1 work',
}

function inspect(workspace: Workspace): Database.Database {
  const database = new Database(workspace.paths.casebook)
  onTestFinished(() => {
    database.close()
  })
  return database
}

describe('the query log', () => {
  it('keeps each question with what it was answered from', async () => {
    const workspace = temporaryWorkspace()
    expect(await logQuery(workspace, QUERY)).toBeUndefined()
    expect(await logQuery(workspace, { ...QUERY, generation: null, known: null, basisHash: null })).toBeUndefined()
    // Nothing is left in a write-ahead log that a copy of the one file would miss.
    expect(existsSync(`${workspace.paths.casebook}-wal`)).toBe(false)
    const rows = inspect(workspace).prepare('SELECT * FROM queries ORDER BY id').all()
    const first = {
      id: 1,
      asked_at: '2024-01-09T10:00:00Z',
      program: 'recital 0.1.0',
      command: 'lookup',
      arguments: '{"id":"US\'ABC","known":"2020-02-01","limit":5}',
      generation: 3,
      known: '2020-02-01',
      basis_hash: 'f00d',
      rows: 3_000_000_000,
      summary: '2 recordings, 1 work',
    }
    expect(rows).toEqual([first, { ...first, id: 2, generation: null, known: null, basis_hash: null }])
  })

  it('is append-only', async () => {
    const workspace = temporaryWorkspace()
    await logQuery(workspace, QUERY)
    const database = inspect(workspace)
    expect(() => database.exec("UPDATE queries SET summary = ''")).toThrow('append-only')
    expect(() => database.exec('DELETE FROM queries')).toThrow('append-only')
    expect(database.prepare('SELECT count(*) FROM queries').pluck().get()).toBe(1)
    expect(database.pragma('journal_mode', { simple: true })).toBe('wal')
    expect(database.pragma('user_version', { simple: true })).toBe(4)
  })

  it('takes questions from several processes at once, from the first on', { timeout: 30_000 }, async () => {
    const workspace = temporaryWorkspace()
    const children = [1, 2, 3].map(() => startChild('log', workspace.root))
    expect(await Promise.all(children.map((child) => child.end()))).toEqual([0, 0, 0])
    const ids = inspect(workspace).prepare("SELECT count(DISTINCT arguments ->> '$.id') FROM queries").pluck().get()
    expect(ids).toBe(15)
  })

  it.each<[string, (workspace: Workspace) => void, string]>([
    ['it cannot be opened', ({ paths }) => mkdirSync(paths.casebook), 'cannot be written'],
    ['the folder is gone', ({ root }) => rmSync(root, { recursive: true }), 'cannot be written'],
    ['it is damaged', ({ paths }) => writeFileSync(paths.casebook, 'junk'.repeat(2000)), 'is damaged'],
    [
      'it is of a newer recital',
      (workspace) => inspect(workspace).pragma('user_version = 99'),
      'newer version of recital. (Update recital)',
    ],
  ])('warns instead of failing when %s', async (_, spoil, words) => {
    const workspace = temporaryWorkspace()
    spoil(workspace)
    const warning = await logQuery(workspace, QUERY)
    expect(warning).toContain('This question was not written to the query log: ')
    expect(warning).toContain(words)
  })

  it('leaves a damaged casebook as it is', async () => {
    const workspace = temporaryWorkspace()
    writeFileSync(workspace.paths.casebook, 'junk'.repeat(2000))
    await logQuery(workspace, QUERY)
    expect(readFileSync(workspace.paths.casebook, 'utf8')).toBe('junk'.repeat(2000))
  })
})
