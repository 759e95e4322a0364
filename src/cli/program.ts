/** What is known about the program and its commands without loading any of them. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Command, Config, Interfaces } from '@oclif/core'

/** A command as the manifest tells it. */
export type CommandOutline = Readonly<Command.Cached>

/** What the file of a command exports. */
export interface CommandFile {
  readonly default: { new (argv: string[], config: Config): unknown; id: string }
}

export interface Program {
  readonly name: string
  /** As people type it: `recital`. */
  readonly bin: string
  readonly version: string
  readonly description: string
  /** By id, `feed:log`, in the order of the alphabet. */
  readonly commands: ReadonlyMap<string, CommandOutline>
  /** What stands before a colon in the id of a command, with its description where package.json has one. */
  readonly topics: ReadonlyMap<string, string>
  /** The flags that every command takes. */
  readonly globalFlags: CommandOutline['flags']
  /** Loads the file of a command. */
  load(id: string): Promise<CommandFile>
}

export interface ProgramPlace {
  /** Folder with package.json and oclif.manifest.json. */
  readonly root: string
  /** Loads a file by its absolute path. */
  readonly load: (path: string) => unknown
  /** Instead of the file: in development, where the sources are the commands. */
  readonly manifest?: Interfaces.Manifest
}

/** The group of flags that every command takes. */
export const GLOBAL_FLAGS = 'GLOBAL'

/** Reads what package.json and the manifest say. */
export function readProgram({ root, load, manifest: given }: ProgramPlace): Program {
  const { name, oclif, version, description } = readJson<Interfaces.PJSON>(join(root, 'package.json'))
  const manifest = given ?? readJson<Interfaces.Manifest>(join(root, 'oclif.manifest.json'))
  const outlines: readonly CommandOutline[] = Object.values(manifest.commands)
  const commands = new Map(sorted(outlines.map((outline) => [outline.id, outline])))
  const topics = new Set(outlines.flatMap(({ id }) => topicsOf(id)))
  const told: Readonly<Record<string, { description?: string }>> = oclif.topics ?? {}
  const flags = outlines.flatMap((outline) => Object.entries(outline.flags))
  return {
    name,
    bin: oclif.bin ?? name,
    version,
    description: description ?? '',
    commands,
    topics: new Map(sorted([...topics].map((topic) => [topic, told[topic]?.description ?? '']))),
    globalFlags: Object.fromEntries(flags.filter(([, { helpGroup }]) => helpGroup === GLOBAL_FLAGS)),
    load: async (id) => (await load(join(root, ...(commands.get(id)?.relativePath ?? [])))) as CommandFile,
  }
}

const readJson = <T>(path: string): T => JSON.parse(readFileSync(path, 'utf8')) as T

/** `feed:log:all` belongs to `feed` and `feed:log`. */
const topicsOf = (id: string): string[] => {
  const words = id.split(':')
  return words.slice(1).map((_, index) => words.slice(0, index + 1).join(':'))
}

const sorted = <T>(entries: [string, T][]): [string, T][] => entries.sort(([a], [b]) => (a < b ? -1 : 1))

/** A command or topic as people type it: `feed log`. */
export const spoken = (id: string): string => id.replaceAll(':', ' ')
