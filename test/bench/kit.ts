/** The benchmark is plain JavaScript; here its parts get the types that the tests need. */
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'

export const project = fileURLToPath(new URL('../..', import.meta.url))

/** Imports a module of the benchmark by its path below `bench/`. */
export async function benchModule<T>(name: string): Promise<T> {
  return (await import(new URL(`../../bench/${name}`, import.meta.url).href)) as T
}

export interface Ended {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** Runs a script of the benchmark to its end. */
export function runBench(script: string, args: readonly string[]): Promise<Ended> {
  return new Promise((resolve) => {
    const file = fileURLToPath(new URL(`../../bench/${script}`, import.meta.url))
    execFile(process.execPath, [file, ...args], { cwd: project }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr })
    })
  })
}
