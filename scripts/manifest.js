/** What oclif knows of the commands: the manifest, from which help is printed and commands are found without loading them. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Plugin, settings } from '@oclif/core'

/**
 * The manifest of the commands below a folder (by default the built ones that package.json names), in the order of the
 * alphabet. Throws when a command does not load.
 */
export async function manifestOf(root, folder) {
  settings.enableAutoTranspile = false
  const pjson = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  if (folder !== undefined) pjson.oclif.commands = folder
  const options = { isRoot: true, ignoreManifest: true, errorOnManifestCreate: true, respectNoCacheDefault: true }
  const plugin = new Plugin({ root, pjson, ...options })
  await plugin.load()
  const commands = Object.entries(plugin.manifest.commands).sort(([a], [b]) => (a < b ? -1 : 1))
  return { ...plugin.manifest, commands: Object.fromEntries(commands) }
}
