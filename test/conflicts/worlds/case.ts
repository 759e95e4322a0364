import type { World } from './world.js'

export interface Found {
  readonly build: (world: World) => unknown
  readonly magnitude?: { readonly total?: number | null; readonly over?: number | null; readonly streams?: number }
  readonly territories?: readonly string[]
  readonly from?: string | null
  readonly to?: string | null
  /** How many parties it names. */
  readonly parties?: number
  /** Day of the receipt from which it stands. */
  readonly known?: string
}

/** A world in which a rule finds exactly one thing, and one in which it finds nothing. */
export interface Case {
  readonly rule: string
  readonly found: Found
  readonly silent: { readonly build: (world: World) => unknown }
}
