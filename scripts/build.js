/**
 * Builds `dist/` with esbuild and writes `oclif.manifest.json`. One entry per command, so that a command loads only what
 * it uses; code that several share goes into chunks. Native modules stay outside. Beside the files goes what V8 compiled
 * of them (bin/load.js).
 *
 *   node scripts/build.js           build
 *   node scripts/build.js --check   fail unless the manifest says what the built commands say
 *
 * `--root FOLDER --commands FOLDER` build other commands on the same base, with package.json, dist and manifest in that
 * root: the tests do.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { setFlagsFromString } from 'node:v8'
import { build, transform } from 'esbuild'
import ts from 'typescript'
import { compiledFolder, scriptOf } from '../bin/load.js'
import { leanOclif, loadedWhenCalled, nativeLibraries, WAITING, withoutTopLevelAwait } from './lean.js'
import { manifestOf } from './manifest.js'

const project = fileURLToPath(new URL('..', import.meta.url))
const { values } = parseArgs({
  options: { check: { type: 'boolean' }, root: { type: 'string' }, commands: { type: 'string' } },
})
const root = resolve(values.root ?? project)
const dist = join(root, 'dist')
const commands = resolve(values.commands ?? join(project, 'src/commands'))
const manifestPath = join(root, 'oclif.manifest.json')
/** What other programs import. */
const libraryPath = join(project, 'src/library.ts')

/** TypeScript files below a folder, relative to it, sorted; none when there is no such folder. */
function sourcesIn(folder) {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true })
    .filter((name) => /\.tsx?$/.test(name) && !name.endsWith('.d.ts'))
    .map((name) => name.split(sep).join('/'))
    .sort()
}

const withoutExtension = (name) => name.replace(/\.tsx?$/, '')

async function bundle() {
  const source = join(project, 'src')
  const entries = [
    { in: join(source, 'cli/main.ts'), out: 'cli/main' },
    { in: libraryPath, out: 'library' },
    ...sourcesIn(commands).map((name) => ({ in: join(commands, name), out: `commands/${withoutExtension(name)}` })),
    ...sourcesIn(source)
      .filter((name) => name.endsWith('.worker.ts'))
      .map((name) => ({ in: join(source, name), out: withoutExtension(name) })),
  ]
  const { outputFiles } = await build({
    entryPoints: entries,
    outdir: dist,
    chunkNames: 'chunks/[name]-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    loader: { '.sql': 'text' },
    jsx: 'automatic',
    define: { 'process.env.NODE_ENV': '"production"' },
    plugins: [leanOclif(project), loadedWhenCalled, nativeLibraries, withoutTopLevelAwait],
    // Native modules, and a compiler that oclif would only use in development.
    external: ['*.node', 'typescript'],
    absWorkingDir: project,
    logLevel: 'warning',
    write: false,
  })
  const files = await Promise.all(outputFiles.map(async ({ path, text }) => [path, await asCommonJs(text)]))
  // Only now: a failed build leaves the last good one.
  rmSync(dist, { recursive: true, force: true })
  writeFile(join(dist, 'package.json'), '{ "type": "commonjs" }\n')
  for (const [path, text] of files) writeFile(path, text)
  writeFile(join(dist, 'library.d.ts'), declarationsOf(libraryPath))
  compile(files.map(([path]) => path))
  return entries.length
}

/** What a file begins with: what it needs that is no part of CommonJS. */
const OWN_URL = "const __url = require('node:url').pathToFileURL(__filename).href;"
const LATER = `const __load = (path) => Promise.resolve().then(async () => {
  const part = require(path)
  await Promise.all(${WAITING} ?? [])
  return part
});`

/**
 * esbuild splits ES modules only, and Node starts faster with the older kind, of which it also takes compiled code. So
 * the parts are made to the one and then turned into the other.
 */
async function asCommonJs(text) {
  const options = { format: 'cjs', platform: 'node', target: 'node20', logLevel: 'error' }
  const { code } = await transform(text, { ...options, define: { 'import.meta.url': '__url' } })
  const own = code.replaceAll(/\bimport\((?=")/g, '__load(')
  return `${own.includes('__url') ? OWN_URL : ''}${own.includes('__load(') ? LATER : ''}\n${own}`
}

/** The public declarations of a file that stands by itself: what it imports must not show in them. */
function declarationsOf(path) {
  const { outputText } = ts.transpileDeclaration(readFileSync(path, 'utf8'), {
    fileName: path,
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.NodeNext, stripInternal: true },
  })
  const shown = outputText.replaceAll(/^import .*\n/gm, '')
  if (/\bimport\(/.test(shown)) throw new Error(`${path}: its declarations need other files`)
  return shown
}

/** Writes what V8 makes of whole files, all of their functions, beside them. */
function compile(paths) {
  // Compiled code is refused by a V8 that runs with other flags, so they are set back before it is written.
  setFlagsFromString('--no-lazy')
  const scripts = paths.map((path) => [path, scriptOf(path)])
  setFlagsFromString('--lazy')
  for (const [path, script] of scripts) {
    writeFile(join(compiledFolder(dist), `${relative(dist, path)}.bin`), script.createCachedData())
  }
}

function writeFile(path, contents) {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, contents)
}

/** The manifest as text, the same bytes for the same commands. */
const manifestText = async () => `${JSON.stringify(await manifestOf(root), null, 2)}\n`

/** Command files that the manifest does not know, as paths. */
function unknownCommands(manifest) {
  const known = new Set(Object.values(JSON.parse(manifest).commands).map(({ relativePath }) => relativePath.join('/')))
  return sourcesIn(commands).filter((name) => !known.has(`dist/commands/${withoutExtension(name)}.js`))
}

if (values.check) {
  const expected = await manifestText()
  const missing = unknownCommands(expected)
  if (!existsSync(manifestPath) || readFileSync(manifestPath, 'utf8') !== expected || missing.length > 0) {
    console.error(
      `error: ${relative(root, manifestPath)} is not what the commands say ${missing.join(' ')}\n  next: npm run build`,
    )
    process.exitCode = 1
  } else console.log('Manifest is up to date.')
} else {
  // esbuild has told what is wrong already; its stack would only hide that.
  const entries = await bundle().catch(() => process.exit(1))
  // Last: its date says that the build is whole.
  const manifest = await manifestText()
  writeFileSync(manifestPath, manifest)
  console.log(`Built ${entries} entry points; ${Object.keys(JSON.parse(manifest).commands).length} commands.`)
}
