/**
 * esbuild plugins that keep out of a start what a start does not need. What they rely on is tested: every command runs
 * in the built program (test/e2e), and help loads no more than a few files (test/e2e/kit/start.test.ts).
 */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Fails as soon as it is used. */
const missing = (path) => `
const missing = () => { throw new Error(${JSON.stringify(`${path} is not part of this build`)}) }
module.exports = new Proxy(missing, { get: (_, name) => (name === '__esModule' ? false : missing) })`

/** What stands in the place of parts of oclif, by how oclif names them. */
const STAND_INS = [
  // Its own command line, plugins, help, spinners and way of telling errors: recital has its own.
  [/^\.\.?\/(?:config|help|ux)$|^\.\/handle$|^(?:ejs|wrap-ansi|indent-string)$/, missing],
  // A log for those who work on oclif.
  [/^\.\.?\/logger$/, () => 'exports.makeDebug = () => () => undefined; exports.getLogger = () => ({ error() {} })'],
  // Colours within messages, which would be told as control characters: cli/color.ts decides about colour.
  [/^\.\.\/(?:\.\.\/)?ux\/theme$/, () => 'exports.colorize = (_color, text) => text'],
]

/** `@oclif/core` is what src/cli/oclif.ts takes of it. */
export const leanOclif = (project) => ({
  name: 'lean-oclif',
  setup(build) {
    build.onResolve({ filter: /^@oclif\/core$/ }, () => ({ path: join(project, 'src/cli/oclif.ts') }))
    build.onResolve({ filter: /./ }, ({ path, importer }) => {
      if (!/[\\/]@oclif[\\/]core[\\/]lib[\\/]/.test(importer)) return undefined
      const [, contents] = STAND_INS.find(([pattern]) => pattern.test(path)) ?? []
      return contents && { path, namespace: 'stand-in', pluginData: contents(path) }
    })
    build.onLoad({ filter: /./, namespace: 'stand-in' }, ({ pluginData }) => ({ contents: pluginData }))
  },
})

/** The native library of this machine by its name; the package's own way of choosing asks the system for its C library. */
const DUCKDB = `
let library
try {
  library = require('@duckdb/node-bindings-' + process.platform + '-' + process.arch + '/duckdb.node')
} catch {
  library = require('@duckdb/node-bindings')
}
module.exports = library`

/** Where npm puts it; the package's own way looks in a dozen places. */
const SQLITE = "module.exports = (name) => require('better-sqlite3/build/Release/' + name)"

/** Native libraries are found at once. Unless they are bundled, their packages take longer than loading them. */
export const nativeLibraries = {
  name: 'native-libraries',
  setup(build) {
    const places = { '@duckdb/node-bindings': DUCKDB, bindings: SQLITE }
    build.onResolve({ filter: /^(?:@duckdb\/node-bindings|bindings)$/ }, ({ path, importer }) =>
      importer === path ? { path, external: true } : { path, namespace: 'native' },
    )
    build.onLoad({ filter: /./, namespace: 'native' }, ({ path }) => ({ contents: places[path] }))
  },
}

/** Libraries whose default export is a function and that take long to load: they are loaded when it is first called. */
const SLOW = /^string-width$/

export const loadedWhenCalled = {
  name: 'loaded-when-called',
  setup(build) {
    build.onResolve({ filter: SLOW }, ({ path, kind, resolveDir }) =>
      kind === 'import-statement' ? { path, namespace: 'when-called', pluginData: { resolveDir } } : undefined,
    )
    build.onLoad({ filter: SLOW, namespace: 'when-called' }, ({ path, pluginData }) => ({
      contents: `let library\nexport default (...args) => (library ??= require(${JSON.stringify(path)}).default)(...args)`,
      resolveDir: pluginData.resolveDir,
    }))
  },
}

/** What a part of the program that was loaded is still waiting for; `__load` of scripts/build.js waits for it. */
export const WAITING = 'globalThis.__waiting'

const YOGA = `
import loadYoga from '../binaries/yoga-wasm-base64-esm.js'
import wrapAssembly from './wrapAssembly.js'
const yoga = {}
;(${WAITING} ??= []).push(loadYoga().then((library) => Object.assign(yoga, wrapAssembly(library))))
export default yoga
export * from './generated/YGEnums.js'`

/** CommonJS cannot wait while it loads, as these libraries do: Yoga for its WebAssembly, Ink for tools of development. */
export const withoutTopLevelAwait = {
  name: 'without-top-level-await',
  setup(build) {
    build.onLoad({ filter: /[\\/]yoga-layout[\\/]dist[\\/]src[\\/]index\.js$/ }, () => ({ contents: YOGA }))
    // It would fetch its own text as a data: address, and Node load its client of HTTP for it; without, it decodes it.
    build.onLoad({ filter: /[\\/]yoga-wasm-base64-esm\.js$/ }, async ({ path }) => ({
      contents: `let fetch\n${await readFile(path, 'utf8')}`,
    }))
    build.onLoad({ filter: /[\\/]ink[\\/]build[\\/]reconciler\.js$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8')
      return { contents: text.replace("await import('./devtools.js')", '').replace('await loadPackageJson()', '{}') }
    })
  },
}
