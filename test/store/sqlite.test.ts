import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { openSqlite, translateSqliteError } from '../../src/store/sqlite.js'
import { temporaryFolder } from '../support/workspaces.js'

describe('what SQLite says, in words', () => {
  it('a full disk', async () => {
    const path = join(temporaryFolder(), 'a.sqlite')
    const database = await openSqlite(path, { busyTimeoutMs: 0 })
    database.exec('CREATE TABLE t (a)')
    database.pragma('max_page_count = 2')
    let thrown: unknown
    try {
      database.prepare('INSERT INTO t VALUES (?)').run('x'.repeat(100_000))
    } catch (error) {
      thrown = translateSqliteError(error, path)
    }
    database.close()
    expect(thrown).toMatchObject({ name: 'StoreError', code: 'disk-full', exitCode: 5 })
  })

  it('nothing about errors of other kinds', () => {
    const error = new Error('near "SELEC": syntax error')
    expect(translateSqliteError(error, 'a.sqlite')).toBe(error)
  })
})

describe('native modules that are not there', () => {
  afterEach(() => {
    vi.doUnmock('better-sqlite3')
    vi.doUnmock('@duckdb/node-bindings')
    vi.resetModules()
  })

  it.each([
    ['Could not locate the bindings file. Tried: …', undefined],
    ['The module was compiled against a different Node.js version using NODE_MODULE_VERSION 127.', 'ERR_DLOPEN_FAILED'],
  ])('better-sqlite3: %s', async (message, code) => {
    vi.resetModules()
    vi.doMock('better-sqlite3', () => ({
      default: class {
        constructor() {
          throw Object.assign(new Error(message), code === undefined ? {} : { code })
        }
      },
    }))
    const { openSqlite: open } = await import('../../src/store/sqlite.js')
    await expect(open(join(temporaryFolder(), 'a.sqlite'), { busyTimeoutMs: 0 })).rejects.toMatchObject({
      code: 'native-module-missing',
      suggestions: ['Run `npm rebuild better-sqlite3`'],
    })
  })

  it('DuckDB', async () => {
    vi.resetModules()
    vi.doMock('@duckdb/node-bindings', () => {
      throw new Error("Cannot find module '@duckdb/node-bindings-linux-x64/duckdb.node'")
    })
    const { openEvidence } = await import('../../src/store/duckdb.js')
    const folder = temporaryFolder()
    await expect(
      openEvidence(join(folder, 'a.duckdb'), {
        mode: 'write',
        tempDirectory: join(folder, 't'),
        allowedDirectories: [],
      }),
    ).rejects.toMatchObject({ code: 'native-module-missing', exitCode: 5 })
  })
})
