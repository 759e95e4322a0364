/** The flags that every command takes. */
import { UsageError } from '../errors.js'
import { Flags } from './oclif.js'
import { GLOBAL_FLAGS } from './program.js'

const GLOBAL = { helpGroup: GLOBAL_FLAGS }

export const globalFlags = {
  workspace: Flags.string({
    ...GLOBAL,
    char: 'w',
    env: 'RECITAL_WORKSPACE',
    summary: 'The workspace to use instead of the nearest one upward from here.',
    helpValue: 'FOLDER',
  }),
  json: Flags.boolean({ ...GLOBAL, summary: 'Print one JSON document instead of text.' }),
  'no-color': Flags.boolean({ ...GLOBAL, summary: 'Print without colours.' }),
  quiet: Flags.boolean({ ...GLOBAL, char: 'q', summary: 'No progress and no hints.' }),
  debug: Flags.boolean({ ...GLOBAL, summary: 'On failure, show where in the program it happened.' }),
  memory: Flags.string({
    ...GLOBAL,
    summary: 'Most memory to use, e.g. 2GB or 512MB.',
    helpValue: 'SIZE',
  }),
  threads: Flags.integer({ ...GLOBAL, min: 1, max: 1024, summary: 'Most threads to use.', helpValue: 'N' }),
  width: Flags.integer({ ...GLOBAL, min: 40, max: 10_000, summary: 'Columns to fit text into.', helpValue: 'N' }),
  'no-input': Flags.boolean({ ...GLOBAL, summary: 'Never ask; fail where an answer would be needed.' }),
}

const UNITS: Readonly<Record<string, number>> = {
  B: 1,
  KB: 1e3,
  MB: 1e6,
  GB: 1e9,
  TB: 1e12,
  KIB: 1024,
  MIB: 1024 ** 2,
  GIB: 1024 ** 3,
  TIB: 1024 ** 4,
}
const LEAST_MEMORY = 64e6

/** Bytes of a size such as `2GB`, `1.5GiB` or `512 MB`. Throws UsageError `bad-flag` for anything else, or under 64 MB. */
export function parseMemory(text: string): number {
  const [, figure, unit] = /^(\d+(?:\.\d+)?)\s*([kmgt]?i?b)$/i.exec(text.trim()) ?? []
  const factor = UNITS[unit?.toUpperCase() ?? '']
  const bytes = Math.floor(Number(figure) * (factor ?? Number.NaN))
  if (Number.isSafeInteger(bytes) && bytes >= LEAST_MEMORY) return bytes
  throw new UsageError('--memory must be a size of at least 64 MB, e.g. 2GB or 512MB.', {
    code: 'bad-flag',
    excerpt: text,
  })
}
