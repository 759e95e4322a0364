/**
 * Builds `dist/` with esbuild and writes `oclif.manifest.json`. One entry per command, so that a command loads only what
 * it uses; code that several share goes into chunks. Native modules stay outside.
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
import { Plugin, settings } from '@oclif/core'
import { build } from 'esbuild'

const project = fileURLToPath(new URL('..', import.meta.url))
const { values } = parseArgs({
  options: { check: { type: 'boolean' }, root: { type: 'string' }, commands: { type: 'string' } },
})
const root = resolve(values.root ?? project)
const commands = resolve(values.commands ?? join(project, 'src/commands'))
const manifestPath = join(root, 'oclif.manifest.json')

// CommonJS libraries inside an ES module still look for these three.
const banner = [
  "import { createRequire as __createRequire } from 'node:module'",
  "import { fileURLToPath as __fileURLToPath } from 'node:url'",
  'const require = __createRequire(import.meta.url)',
  'const __filename = __fileURLToPath(import.meta.url)',
  "const __dirname = __fileURLToPath(new URL('.', import.meta.url))",
].join(';')

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
    ...sourcesIn(commands).map((name) => ({ in: join(commands, name), out: `commands/${withoutExtension(name)}` })),
    ...sourcesIn(source)
      .filter((name) => name.endsWith('.worker.ts'))
      .map((name) => ({ in: join(source, name), out: withoutExtension(name) })),
  ]
  const { outputFiles } = await build({
    entryPoints: entries,
    outdir: join(root, 'dist'),
    chunkNames: 'chunks/[name]-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    loader: { '.sql': 'text' },
    jsx: 'automatic',
    define: { 'process.env.NODE_ENV': '"production"' },
    // Native modules, and a compiler that oclif would only use in development.
    external: ['@duckdb/node-bindings*', 'better-sqlite3', 'typescript'],
    banner: { js: banner },
    absWorkingDir: project,
    logLevel: 'warning',
    write: false,
  })
  // Only now: a failed build leaves the last good one.
  rmSync(join(root, 'dist'), { recursive: true, force: true })
  for (const { path, contents } of outputFiles) {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, contents)
  }
  return entries.length
}

/** What oclif needs to know of the built commands without loading them, the same bytes for the same commands. */
async function manifestText() {
  settings.enableAutoTranspile = false
  const plugin = new Plugin({
    root,
    isRoot: true,
    ignoreManifest: true,
    errorOnManifestCreate: true,
    respectNoCacheDefault: true,
    pjson: JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')),
  })
  await plugin.load()
  const sorted = Object.entries(plugin.manifest.commands).sort(([a], [b]) => (a < b ? -1 : 1))
  return `${JSON.stringify({ ...plugin.manifest, commands: Object.fromEntries(sorted) }, null, 2)}\n`
}

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
