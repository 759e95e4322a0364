/** Temporary workspaces for tests, and child processes that use them. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, onTestFinished } from 'vitest'
import { createWorkspace, type RunningProcess, type Workspace } from '../../src/store/workspace.js'

/** A folder that is removed when the test ends. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'recital-test-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** A folder for all tests of the `describe` (or file) that calls it. */
export function folderForSuite(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'recital-test-')))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** This process, started at a fixed instant. */
export const thisProcess: RunningProcess = {
  pid: process.pid,
  startedAt: '2024-01-09T10:00:00Z',
  command: 'recital ingest',
  program: 'recital 0.1.0',
  isAlive(pid) {
    try {
      process.kill(pid, 0)
      return true
    } catch (error) {
      return error instanceof Error && 'code' in error && error.code === 'EPERM'
    }
  },
}

/** A new, empty workspace in a folder that is removed when the test ends. */
export function temporaryWorkspace(): Workspace {
  return createWorkspace(join(temporaryFolder(), '.recital'), thisProcess)
}

export interface StoreChild {
  readonly process: ChildProcess
  readonly pid: number
  /** The next line that it prints; rejects when it ends instead. */
  line(): Promise<string>
  /** Ends it at once (SIGKILL) and waits until it is gone. */
  kill(): Promise<void>
  /** Waits for its own end; its exit code. */
  end(): Promise<number | null>
}

/** Starts `store-child.ts` with a task on a workspace; it is killed when the test ends. */
export function startChild(task: string, root: string, env: Record<string, string> = {}): StoreChild {
  const script = fileURLToPath(new URL('store-child.ts', import.meta.url))
  const child = spawn(process.execPath, ['--import', 'tsx', script, task, root], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, ...env },
  })
  const exited = once(child, 'exit')
  const lines: string[] = []
  let rest = ''
  let wake = () => {}
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const parts = (rest + text).split('\n')
    rest = parts.pop() ?? ''
    lines.push(...parts)
    wake()
  })
  child.stdout.on('end', () => wake())
  const kill = async () => {
    child.kill('SIGKILL')
    await exited
  }
  onTestFinished(kill)
  return {
    process: child,
    pid: child.pid ?? 0,
    kill,
    async line() {
      for (;;) {
        const line = lines.shift()
        if (line !== undefined) return line
        if (child.stdout.readableEnded) throw new Error(`the child ended while ${task} was under way`)
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
    },
    async end() {
      await exited
      return child.exitCode
    },
  }
}
