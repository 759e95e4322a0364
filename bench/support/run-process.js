/** Runs one process to its end and measures it from outside. */
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { performance } from 'node:perf_hooks'

const POLL_MILLISECONDS = 20
const STDERR_LINES = 15

/** Nothing of the caller's surroundings that changes what a program does: no workspace, no options of Node. */
function plainEnvironment() {
  const kept = ['PATH', 'HOME', 'TMPDIR', 'SystemRoot', 'TEMP', 'TMP']
  return Object.fromEntries(kept.filter((name) => name in process.env).map((name) => [name, process.env[name]]))
}

/** Highest resident memory of a process until now, all of its threads, in bytes; null where the system does not tell. */
function peakMemory(pid) {
  try {
    const [, kibibytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
    return kibibytes === undefined ? null : Number(kibibytes) * 1024
  } catch {
    return null
  }
}

/** Of /proc/PID/stat, after the name in brackets: ticks of a hundredth of a second that it ran, and that the system ran for it. */
const [USER_TICKS, SYSTEM_TICKS, TICKS_PER_SECOND] = [11, 12, 100]

/** Seconds of processors that a process has used until now, all of its threads; null where the system does not tell. */
function processorTime(pid) {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ')
    return (Number(fields[USER_TICKS]) + Number(fields[SYSTEM_TICKS])) / TICKS_PER_SECOND
  } catch {
    return null
  }
}

const running = new Set()

/** Ends whatever still runs, at once. */
export function killAll() {
  for (const child of running) child.kill('SIGKILL')
}

/**
 * Runs Node with these arguments: wall-clock seconds from before its start to its end, its peak resident memory in bytes and
 * the seconds of processors that it used (both polled, so the last 20 ms may be missed; null outside Linux) and its stdout.
 * `stdin`: text that it is given. Throws, with the end of its stderr, when it fails.
 */
export function runNode(args, { cwd, stdin } = {}) {
  return new Promise((resolve, reject) => {
    const heard = { stdout: '', stderr: '' }
    let [peakBytes, cpuSeconds] = [null, null]
    const began = performance.now()
    const child = spawn(process.execPath, args, {
      cwd,
      env: plainEnvironment(),
      stdio: [stdin === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    })
    running.add(child)
    // One that ends without reading is told of by its exit code.
    child.stdin?.on('error', () => undefined)
    child.stdin?.end(stdin)
    // Both only ever rise: the last reading counts.
    const poll = setInterval(() => {
      peakBytes = peakMemory(child.pid) ?? peakBytes
      cpuSeconds = processorTime(child.pid) ?? cpuSeconds
    }, POLL_MILLISECONDS)
    for (const name of ['stdout', 'stderr']) {
      child[name].setEncoding('utf8').on('data', (text) => {
        heard[name] += text
      })
    }
    const end = () => {
      clearInterval(poll)
      running.delete(child)
    }
    child.on('error', (error) => {
      end()
      reject(error)
    })
    child.on('close', (code, signal) => {
      const seconds = (performance.now() - began) / 1000
      end()
      if (code === 0) resolve({ seconds, peakBytes, cpuSeconds, stdout: heard.stdout })
      else reject(new Error(failure(args, code, signal, heard.stderr || heard.stdout)))
    })
  })
}

function failure(args, code, signal, told) {
  const lines = told.trim().split('\n').slice(-STDERR_LINES)
  return [`node ${args.join(' ')} ended with ${code ?? signal}`, ...lines].join('\n  ')
}

/**
 * Runs each command `samples` times in turn, so that what else the machine does hits all alike, after one run each that
 * does not count. Returns the seconds of each by name. `commands`: name → sample number → arguments for Node.
 */
export async function sampleInTurn(commands, samples) {
  const seconds = Object.fromEntries(Object.keys(commands).map((name) => [name, []]))
  for (let sample = -1; sample < samples; sample++) {
    for (const [name, argsOf] of Object.entries(commands)) {
      const ended = await runNode(argsOf(Math.max(0, sample)))
      if (sample >= 0) seconds[name].push(ended.seconds)
    }
  }
  return seconds
}
