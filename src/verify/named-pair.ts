/** Which two snapshots a file of changes is about, where it says so: comparing the changes of others proves nothing. */
import { open } from 'node:fs/promises'
import { InputError } from '../errors.js'

/** What their file calls the two: an id, a name, or a sha256 of the content; null where it does not say. */
export interface NamedPair {
  readonly old: string | null
  readonly new: string | null
}

/** A snapshot of ours with all the names by which somebody may call it. */
export interface NamedSnapshot {
  readonly shown: string
  readonly names: readonly string[]
}

/** The source stands in the first event; more of the file need not be read. */
const HEAD_BYTES = 1 << 20

/**
 * The pair that a JSON file names in the `source` of its first event: `{"source": {"old": …, "new": …}, …}`, in Debezium's
 * envelope as well. Nothing is said in CSV and Parquet.
 */
export async function pairOf(path: string): Promise<NamedPair> {
  const handle = await open(path)
  try {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0)
    const lines = buffer.subarray(0, bytesRead).toString('utf8').split('\n')
    const first = lines.find((line) => line.trim().startsWith('{'))
    return first === undefined ? { old: null, new: null } : namedIn(first)
  } finally {
    await handle.close()
  }
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

function namedIn(line: string): NamedPair {
  let event: unknown
  try {
    event = JSON.parse(line)
  } catch {
    return { old: null, new: null }
  }
  const outer = isObject(event) && isObject(event.value) ? event.value : event
  const inner = isObject(outer) && isObject(outer.payload) ? outer.payload : outer
  const source = isObject(inner) && isObject(inner.source) ? inner.source : {}
  const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)
  return { old: text(source.old), new: text(source.new) }
}

/** So many digits of a sha256 name a file. */
const SHORTEST_HASH = 12

const isCalled = ({ names }: NamedSnapshot, given: string): boolean =>
  names.some(
    (name) =>
      name === given ||
      (/^[0-9a-f]+$/i.test(given) && given.length >= SHORTEST_HASH && name.startsWith(given.toLowerCase())),
  )

/**
 * Throws InputError `other-snapshots` where their file says that it compared others than we did.
 * @param file the name of their file
 */
export function demandSamePair(named: NamedPair, ours: { old: NamedSnapshot; new: NamedSnapshot }, file: string): void {
  for (const side of ['old', 'new'] as const) {
    const given = named[side]
    if (given === null || isCalled(ours[side], given)) continue
    throw new InputError(
      `${file} is about other snapshots: its ${side} one is ${given}, ours is ${ours[side].shown}. Nothing was compared.`,
      {
        code: 'other-snapshots',
        file,
        excerpt: given,
        suggestions: ['Have both systems compare the same two snapshots, or choose ours with --snapshot'],
      },
    )
  }
}
