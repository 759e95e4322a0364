/**
 * Loads files of dist/, with what V8 compiled of them when they were built, so that a start does not compile. Of use to
 * the very V8 that built; any other goes the ordinary way.
 */
const { existsSync, readFileSync } = require('node:fs')
const module_ = require('node:module')
const { dirname, join, sep } = require('node:path')
const { Script } = require('node:vm')

/** Folder of the compiled code below dist/. */
const compiledFolder = (dist) => join(dist, `v8-${process.versions.v8}-${process.arch}`)

/** A file of dist/ as V8 sees it, with its compiled code when there is any. */
function scriptOf(path, cachedData) {
  const wrapped = `(function (exports, require, module, __filename, __dirname) { ${readFileSync(path, 'utf8')}\n})`
  return new Script(wrapped, { filename: path, cachedData })
}

/** The path that a file of dist/ means by `./a/b.js` or `../a.js`; node:path would take a tenth of a start for it. */
function pathFrom(folder, name) {
  let [at, rest] = [folder, name]
  while (rest.startsWith('.')) {
    if (rest.startsWith('../')) at = dirname(at)
    rest = rest.slice(rest.indexOf('/') + 1)
  }
  return `${at}${sep}${rest}`
}

/** A function that loads a file of a dist folder by its absolute path, each file once. */
function loaderOf(dist) {
  const compiled = compiledFolder(dist)
  if (!existsSync(compiled)) {
    // Absent before Node 22.8.
    module_.enableCompileCache?.()
    return require
  }
  const modules = new Map()
  const load = (path) => {
    const known = modules.get(path)
    if (known !== undefined) return known.exports
    const module = { exports: {} }
    modules.set(path, module)
    const script = scriptOf(path, readFileSync(`${compiled}${path.slice(dist.length)}.bin`))
    const folder = dirname(path)
    const requireHere = (name) => (name.startsWith('.') ? load(pathFrom(folder, name)) : require(name))
    requireHere.resolve = require.resolve
    script.runInThisContext()(module.exports, requireHere, module, path, folder)
    return module.exports
  }
  return load
}

module.exports = { compiledFolder, loaderOf, scriptOf }
