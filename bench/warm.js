/**
 * Asks many questions in one process that stays, with the evidence open, as a screen or a server would: what an answer costs
 * once everything is loaded. It runs the program's sources as they are (bin/dev.js does likewise).
 *
 *   node bench/warm.js MEASURE-FILE WORKSPACE < requests.json
 *
 * The measure's file exports `asker(source)`, where `source` imports a module below src/: it gives a function of the open
 * evidence and one request that asks and returns a digest of the answer. Prints `{ seconds, answers }`, one of each for each
 * request; the first few requests are asked once before, without counting.
 */
import { register as registerHooks } from 'node:module'
import { performance } from 'node:perf_hooks'
import { text } from 'node:stream/consumers'
import { pathToFileURL } from 'node:url'
import { register } from 'tsx/esm/api'

const WARM_UP = 10

registerHooks('../scripts/sql-hooks.js', import.meta.url)
register()
const source = (path) => import(new URL(`../src/${path}`, import.meta.url).href)

const [file, workspace] = process.argv.slice(2)
const requests = JSON.parse(await text(process.stdin))
const { asker } = await import(pathToFileURL(file).href)
const ask = await asker(source)
const { openWorkspace, workspaceAt } = await source('store/workspace.ts')
const { openCurrentForReading } = await source('store/generations.ts')
const running = { pid: process.pid, startedAt: '', command: 'bench', program: 'bench', isAlive: () => true }
const { evidence } = await openCurrentForReading(openWorkspace(workspaceAt(workspace), running))
for (const request of requests.slice(0, WARM_UP)) await ask(evidence, request)
const [seconds, answers] = [[], []]
for (const request of requests) {
  const began = performance.now()
  answers.push(await ask(evidence, request))
  seconds.push((performance.now() - began) / 1000)
}
await evidence.close()
process.stdout.write(JSON.stringify({ seconds, answers }))
