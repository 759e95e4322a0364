/** Loads DuckDB: its native library, which every command uses, and the client for what few need. */
import type * as Client from '@duckdb/node-api'
import type * as Native from '@duckdb/node-bindings'
import { StoreError } from '../errors.js'

/** The functions of the native library. */
export type NativeDuckDB = typeof Native
/** The client on top of it: appenders, and values of every type. It takes longer to load than a look-up to answer. */
export type DuckDBClient = typeof Client

/** Throws StoreError `native-module-missing` when it was not installed for this platform. */
export const loadNative = (): Promise<NativeDuckDB> => loadLibrary(() => import('@duckdb/node-bindings'))

/** Throws as `loadNative`. */
export const loadClient = (): Promise<DuckDBClient> => loadLibrary(() => import('@duckdb/node-api'))

async function loadLibrary<T extends object>(load: () => Promise<T>): Promise<T> {
  try {
    const library = await load()
    // Bundled, a CommonJS library arrives whole as the default export, without names of its own.
    return 'default' in library ? (library.default as T) : library
  } catch (error) {
    throw new StoreError('The DuckDB library for this platform is missing or does not load.', {
      code: 'native-module-missing',
      cause: error,
      suggestions: ['Install again with `npm install --include=optional`'],
    })
  }
}
