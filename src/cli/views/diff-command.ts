/** The command line that prints what the screen of a diff shows. */
import type { DiffFlags } from '../diff-flags.js'

/** Flags that say how to compare; those that say where the answer goes are left to whoever shows the command. */
const COMPARING = [
  ...['key', 'on-duplicate', 'ignore', 'only', 'rename', 'types', 'tolerance', 'null', 'trim', 'case', 'by'],
  ...['concentration', 'envelope'],
] as const satisfies readonly (keyof DiffFlags)[]

/** What a flag is without being given. */
const DEFAULTS: readonly unknown[] = [undefined, false, 'error', 'plain']

/** Words of the `recital diff` that compares the same files in the same way. */
export function diffCommand(
  { old, new: now }: { readonly old: string; readonly new: string },
  flags: DiffFlags,
): string[] {
  const given = COMPARING.flatMap((name) => {
    const value = flags[name]
    if (name === 'concentration' && value === false) return ['--no-concentration']
    if (DEFAULTS.includes(value)) return []
    if (value === true) return [`--${name}`]
    return (Array.isArray(value) ? value : [value]).flatMap((one) => [`--${name}`, String(one)])
  })
  return ['recital', 'diff', old, now, ...given]
}
