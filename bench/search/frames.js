#!/usr/bin/env node
/**
 * The screen of `explore`, measured in a pseudo-terminal of 300 by 80 (tmux): from the start of the process to its first
 * frame, beside a bare node, and from a key to the frame that it changes. Times of tmux itself are in them.
 *   node bench/search/frames.js FOLDER [--samples 9]     FOLDER has a workspace with an index
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { loadavg } from 'node:os'
import { performance } from 'node:perf_hooks'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

const program = fileURLToPath(new URL('../../bin/run.js', import.meta.url))
const { values, positionals } = parseArgs({ allowPositionals: true, options: { samples: { type: 'string' } } })
const [folder] = positionals
const samples = Number(values.samples ?? 9)
if (folder === undefined || !Number.isSafeInteger(samples) || samples < 1) {
  console.error('usage: node bench/search/frames.js FOLDER [--samples 9]')
  process.exit(2)
}

const socket = `recital-frames-${process.pid}`
const tmux = (...words) => execFileSync('tmux', ['-L', socket, ...words], { encoding: 'utf8' })
const screen = () => tmux('capture-pane', '-p', '-t', 'a')

/** Milliseconds until the screen is as wanted, looked at without a pause; one look costs what `look` says. */
function until(begin, isShown) {
  const begun = performance.now()
  begin()
  while (!isShown(screen())) if (performance.now() - begun > 30_000) throw new Error(`not shown:\n${screen()}`)
  return performance.now() - begun
}

const median = (times) => [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0
const told = (name, times) =>
  console.log(
    `${name.padEnd(26)} median ${median(times).toFixed(0)} ms  least ${Math.min(...times).toFixed(0)}  most ${Math.max(...times).toFixed(0)}`,
  )

const { NODE_EXTRA_CA_CERTS, ...env } = process.env
console.log(`load before ${loadavg()[0]?.toFixed(1)}`)
const bare = Array.from({ length: samples }, () => {
  const begun = performance.now()
  spawnSync(process.execPath, ['-e', '0'], { env })
  return performance.now() - begun
})
told('bare node', bare)

execFileSync('tmux', ['-L', socket, '-f', '/dev/null', 'new-session', '-d', '-x', '300', '-y', '80', '-s', 'a', 'sh'], {
  cwd: folder,
  env,
})
try {
  tmux('send-keys', '-t', 'a', '-l', `PS1='$ '; recital() { '${process.execPath}' '${program}' "$@"; }; clear`)
  tmux('send-keys', '-t', 'a', 'Enter')
  const look = Array.from({ length: samples }, () =>
    until(
      () => undefined,
      () => true,
    ),
  )
  told('one look at the screen', look)
  const first = Array.from({ length: samples }, () => {
    tmux('send-keys', '-t', 'a', '-l', 'recital explore')
    const time = until(
      () => tmux('send-keys', '-t', 'a', 'Enter'),
      (text) => text.includes('Search: _'),
    )
    tmux('send-keys', '-t', 'a', 'C-c')
    until(
      () => undefined,
      (text) => /(?:Nothing was looked at|Cancelled).*\$ *\n*$/s.test(text),
    )
    tmux('send-keys', '-t', 'a', 'clear', 'Enter')
    until(
      () => undefined,
      (text) => /^\$ *\n*$/.test(text),
    )
    return time
  })
  told('first frame', first)
  console.log(`first frame / bare node    ${(median(first) / median(bare)).toFixed(1)} x`)
  tmux('send-keys', '-t', 'a', '-l', 'recital explore bobo')
  until(
    () => tmux('send-keys', '-t', 'a', 'Enter'),
    (text) => /^> /m.test(text),
  )
  const row = (text) => text.split('\n').findIndex((line) => line.startsWith('>'))
  const key = Array.from({ length: samples * 2 }, () => {
    const before = row(screen())
    return until(
      () => tmux('send-keys', '-t', 'a', 'j'),
      (text) => row(text) !== before,
    )
  })
  told('a key', key)
  tmux('send-keys', '-t', 'a', 'q')
} finally {
  spawnSync('tmux', ['-L', socket, 'kill-server'])
}
