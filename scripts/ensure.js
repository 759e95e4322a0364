/**
 * Makes a checkout ready to run: installs what package-lock.json names when that is missing or different, and builds when the
 * build is missing or older than a source. Says in one line what it does, and nothing when there is nothing to do.
 * Plain Node: it runs before anything is installed.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const project = fileURLToPath(new URL('..', import.meta.url))
const at = (...parts) => join(project, ...parts)
/** Milliseconds at which a file or folder last changed; 0 when there is none. */
const changed = (path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0

/** The latest change of anything below a folder; folders count, as a removed file changes its folder. */
function latestChange(folder) {
  let latest = changed(folder)
  for (const name of existsSync(folder) ? readdirSync(folder, { recursive: true }) : []) {
    latest = Math.max(latest, changed(join(folder, name)))
  }
  return latest
}

/**
 * Whether node_modules holds what package-lock.json names. By content, not by date: a checkout touches dates. Optional
 * packages, those of other platforms above all, may be absent.
 */
function isInstalled() {
  // npm writes the second file last.
  const [wanted, present] = ['package-lock.json', 'node_modules/.package-lock.json'].map((name) => packagesOf(at(name)))
  return Object.entries(wanted).every(([name, { version, optional }]) => {
    const found = present[name]
    return name === '' || found?.version === version || (found === undefined && optional === true)
  })
}

const packagesOf = (path) => (existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')).packages : {})

function run(command, args, options = {}) {
  // npm is a script on Windows, which only a shell can start; no part of the line comes from outside.
  const shell = process.platform === 'win32' && command === 'npm'
  return spawnSync(command, args, { cwd: project, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024, shell, ...options })
}

function fail(lines) {
  for (const line of lines) console.error(line)
  process.exit(1)
}

const isInPath = (program) =>
  (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, program)))

/** Why compiling a native module may have failed, as lines. */
function missingTools() {
  if (process.platform === 'win32')
    return ['  Building better-sqlite3 needs Python 3 and the Visual Studio Build Tools (C++).']
  const compilers = [
    ['python3', 'python'],
    ['make', 'gmake'],
    ['g++', 'clang++', 'c++'],
  ]
  const missing = compilers.filter((names) => !names.some(isInPath)).map(([name]) => name)
  if (missing.length === 0) return []
  const install = 'apt-get install python3 make g++, or xcode-select --install'
  return [`  Building better-sqlite3 needs ${missing.join(', ')}, not found here: install them (${install}).`]
}

const lastLines = ({ stdout, stderr, error }, count) =>
  `${stdout ?? ''}\n${stderr ?? ''}\n${error?.message ?? ''}`.trim().split('\n').slice(-count)

function install() {
  console.log('Installing the packages of package-lock.json (npm ci); compiling SQLite may take a few minutes.')
  const result = run('npm', ['ci', '--no-audit', '--no-fund'])
  if (result.status !== 0) {
    fail([
      ...lastLines(result, 30),
      'error: npm ci failed.',
      ...missingTools(),
      '  next: correct this and run the command again',
    ])
  }
}

/** Install scripts may have been skipped by the settings of npm; then SQLite is not there although npm was content. */
function checkSqlite() {
  const probe = ['-e', "new (require('better-sqlite3'))(':memory:').close()"]
  if (run(process.execPath, probe).status === 0) return
  console.log('Compiling SQLite for this version of Node (npm rebuild better-sqlite3).')
  const rebuilt = run('npm', ['rebuild', 'better-sqlite3'])
  const result = run(process.execPath, probe)
  if (result.status !== 0) {
    fail([
      ...lastLines(rebuilt, 20),
      ...lastLines(result, 10),
      'error: better-sqlite3 does not load.',
      ...missingTools(),
    ])
  }
}

function build() {
  console.log('Building dist/.')
  const result = run(process.execPath, [at('scripts/build.js')])
  if (result.status !== 0) fail([...lastLines(result, 30), 'error: the build failed.'])
}

/** `engines` of package.json: `zlib.crc32` came with 20.15 and 22.2. */
function isNewEnough() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  return (major === 20 && minor >= 15) || (major === 22 && minor >= 2) || major > 22
}

if (!isNewEnough()) fail([`error: Node 20.15 or 22.2, or later, is needed; this is ${process.version}.`])

if (!isInstalled()) {
  install()
  checkSqlite()
}
// The build writes the manifest last.
const sources = Math.max(
  latestChange(at('src')),
  ...[
    'package.json',
    'package-lock.json',
    'scripts/build.js',
    'scripts/lean.js',
    'scripts/manifest.js',
    'bin/load.js',
  ].map((name) => changed(at(name))),
)
if (!existsSync(at('dist/cli/main.js')) || changed(at('oclif.manifest.json')) < sources) build()
