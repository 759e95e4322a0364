import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { readProgram } from '../../src/cli/program.js'

const outline = (id: string, flags: object = {}) => ({
  id,
  aliases: [],
  hiddenAliases: [],
  args: {},
  flags,
  hidden: false,
  relativePath: ['dist', 'commands', `${id.replaceAll(':', '/')}.js`],
})

it('knows commands, topics and common flags from package.json and the manifest alone', async () => {
  const root = mkdtempSync(join(tmpdir(), 'recital-program-'))
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
  const json = { name: 'json', type: 'boolean', helpGroup: 'GLOBAL' }
  const oclif = { bin: 'organ', topics: { feed: { description: 'Feeds.' } } }
  writeFileSync(
    join(root, 'package.json'),
    JSON.stringify({ name: 'the-organ', version: '1.0.0', description: 'D', oclif }),
  )
  const commands = {
    play: outline('play', { json, loud: { name: 'loud', type: 'boolean' } }),
    'feed:log:all': outline('feed:log:all', { json }),
  }
  writeFileSync(join(root, 'oclif.manifest.json'), JSON.stringify({ version: '1.0.0', commands }))
  const asked: string[] = []
  const program = readProgram({ root, load: (path) => void asked.push(path) })
  expect(program).toMatchObject({ name: 'the-organ', bin: 'organ', version: '1.0.0', description: 'D' })
  expect([...program.commands.keys()]).toEqual(['feed:log:all', 'play'])
  expect([...program.topics]).toEqual([
    ['feed', 'Feeds.'],
    ['feed:log', ''],
  ])
  expect(Object.keys(program.globalFlags)).toEqual(['json'])
  await program.load('feed:log:all')
  expect(asked).toEqual([join(root, 'dist/commands/feed/log/all.js')])
})
