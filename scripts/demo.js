/**
 * Fills a fresh workspace, demo-workspace/, with the made-up catalogue in fixtures/catalogue/, delivery by delivery in the
 * order of their dates, and asks it a few questions. Everything goes through the real program. Ends with the exit code
 * of the command that failed, 0 when none did.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const project = fileURLToPath(new URL('..', import.meta.url))
const program = join(project, 'bin/run.js')
const catalogue = 'fixtures/catalogue'
const workspace = 'demo-workspace'

/** The attic's tables are broken on purpose, to show what happens to lines that cannot be read. */
const ALLOWANCES = new Map([['attic', ['--max-rejects', '4']]])

/** Recording whose licence was signed long after it begins, and the last day on which nobody had heard of it. */
const RECORDING = 'ZZRCL1800010'
const DAY_BEFORE = '2021-06-30'

/** `provider/date` folders below the catalogue, by date, then by provider. */
function deliveries() {
  return readdirSync(join(project, catalogue), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name: provider }) =>
      readdirSync(join(project, catalogue, provider)).map((date) => ({ provider, date })),
    )
    .sort((a, b) => (`${a.date} ${a.provider}` < `${b.date} ${b.provider}` ? -1 : 1))
}

/** Runs recital in the project's folder; a failure ends the demo with the same code. */
function recital(args, { capture = false } = {}) {
  const run = spawnSync(process.execPath, [program, ...args, '--workspace', workspace], {
    cwd: project,
    encoding: 'utf8',
    stdio: ['ignore', capture ? 'pipe' : 'inherit', 'inherit'],
    maxBuffer: 64 * 1024 * 1024,
  })
  if (run.error !== undefined) throw run.error
  if (run.status !== 0) {
    if (capture) process.stdout.write(run.stdout)
    console.error(`The demo stopped at: recital ${args.join(' ')}`)
    process.exit(run.status ?? 1)
  }
  return run.stdout
}

function startAfresh() {
  const folder = join(project, workspace)
  const isForeign = existsSync(folder) && readdirSync(folder).some((name) => name !== '.recital')
  if (isForeign) {
    console.error(
      `error: ${workspace}/ holds files that are not the demo's\n  next: move them away and run the demo again`,
    )
    process.exit(2)
  }
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder)
}

const total = (counts, name) => counts.reduce((sum, one) => sum + one[name], 0)

/** One line on a delivery: what it was, what changed, what was refused. */
function outline({ feed, format, received, scope, files, relations }) {
  const changes = Object.values(relations)
  const refused = total(files, 'rejected')
  return [
    `  ${received.slice(0, 10)}  ${feed.padEnd(36)} ${format.padEnd(6)} ${scope.padEnd(5)}`,
    `${total(files, 'lines')} lines or records: rows ${total(changes, 'created')} new, ${total(changes, 'updated')} changed, ${total(changes, 'deleted')} withdrawn`,
    ...(refused === 0 ? [] : [`${refused} refused`]),
  ].join('  ')
}

/** Wide enough that identifiers stay whole; a narrower terminal folds the lines. */
const WIDTH = String(Math.max(process.stdout.columns ?? 0, 132))

function show(title, args) {
  console.log(`\n== ${title}\n$ recital ${args.join(' ')}\n`)
  recital([...args, '--width', WIDTH])
}

startAfresh()
console.log(`Taking in the deliveries of ${catalogue}/ in the order of their dates, each with \`recital ingest\`:\n`)
for (const { provider, date } of deliveries()) {
  const allowance = ALLOWANCES.get(provider) ?? []
  const args = ['ingest', `${catalogue}/${provider}/${date}`, ...allowance, '--json', '--quiet']
  for (const snapshot of JSON.parse(recital(args, { capture: true })).snapshots) console.log(outline(snapshot))
}

show('What the workspace holds now', ['status'])
show('Lines that could not be read: none is lost', ['rejects'])
show('Everything that anybody says about one recording', ['lookup', RECORDING])
show(`The same question, with what had been received by ${DAY_BEFORE}: no word of the licence yet`, [
  'lookup',
  RECORDING,
  '--known',
  DAY_BEFORE,
])
show('To what degree it was licensed, and what the licence that came later changed', [
  ...['licensed', RECORDING, '--on', '2020-05-01', '--territory', 'US', '--right', 'mech'],
  ...['--known', `${DAY_BEFORE}..2021-07-01`],
])
show('Which alerts a ticket inventory would raise after a night of changes, and why', [
  ...['alerts', 'dry-run', 'rules/ticket-inventory.yaml', '--diff', 'fixtures/alerts/2024-05-01.csv'],
  ...['fixtures/alerts/2024-05-02.csv', '--key', 'listing_id'],
])
console.log(`
The evidence is in ${workspace}/. Ask it more, from the project's folder:

  two providers who contradict each other
  $ node bin/run.js lookup ZZRCL1800001 --workspace ${workspace}

  a song that eight parties claim in full
  $ node bin/run.js licensed ZZRCL1800001 --on 2019-06-01 --territory US --workspace ${workspace}

  two licences with sixty days between them
  $ node bin/run.js timeline ZZRCL1800003 --territory FR --workspace ${workspace}

  what was withdrawn, and when
  $ node bin/run.js lookup T-900.000.014-6 --history --workspace ${workspace}

  the same for machines
  $ node bin/run.js lookup T-900.000.014-6 --history --json --workspace ${workspace}

docs/commands.md explains every command. Running the demo again starts afresh.`)
