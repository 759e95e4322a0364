import { describe, expect, it } from 'vitest'
import { route } from '../../src/cli/routing.js'

const known = {
  commands: ['ingest', 'lookup', 'feed:log', 'feed:list'],
  topics: ['feed'],
  globalFlags: [
    { name: 'workspace', char: 'w', takesValue: true },
    { name: 'json', takesValue: false },
  ],
}
const ask = (line: string) => route(line.split(' ').filter(Boolean), known)

describe('route', () => {
  it('finds commands of one and two words and leaves the rest to them', () => {
    expect(ask('lookup X --json')).toEqual({ kind: 'command', id: 'lookup', argv: ['X', '--json'] })
    expect(ask('feed log acme')).toEqual({ kind: 'command', id: 'feed:log', argv: ['acme'] })
    expect(ask('feed:log acme')).toEqual({ kind: 'command', id: 'feed:log', argv: ['acme'] })
  })

  it('hands global flags from before the command to it', () => {
    expect(ask('-w folder --json lookup X')).toEqual({
      kind: 'command',
      id: 'lookup',
      argv: ['-w', 'folder', '--json', 'X'],
    })
    expect(ask('--workspace=folder lookup')).toEqual({ kind: 'command', id: 'lookup', argv: ['--workspace=folder'] })
    expect(ask('--feed lookup')).toEqual({ kind: 'unknown-flag', flag: '--feed' })
  })

  it('knows all the ways to ask for help', () => {
    expect(ask('')).toEqual({ kind: 'help', short: true })
    for (const line of ['--help', '-h', 'help']) expect(ask(line)).toEqual({ kind: 'help', short: false })
    for (const line of ['lookup --help', 'lookup X -h', 'help lookup', '--help lookup']) {
      expect(ask(line)).toEqual({ kind: 'help', id: 'lookup', short: false })
    }
    for (const line of ['feed', 'feed --help', 'help feed']) {
      expect(ask(line)).toEqual({ kind: 'help', id: 'feed', short: false })
    }
  })

  it('takes what follows -- as data', () => {
    expect(ask('lookup -- --help')).toEqual({ kind: 'command', id: 'lookup', argv: ['--', '--help'] })
  })

  it('offers near misses, also below a topic and by the last word', () => {
    expect(ask('lokup X')).toEqual({ kind: 'unknown-command', name: 'lokup', near: ['lookup'] })
    expect(ask('feed lgo acme')).toEqual({ kind: 'unknown-command', name: 'feed lgo', near: ['feed log'] })
    expect(ask('list')).toEqual({ kind: 'unknown-command', name: 'list', near: ['feed list'] })
    expect(ask('help nonsense')).toEqual({ kind: 'unknown-command', name: 'nonsense', near: [] })
  })

  it('answers --version', () => {
    expect(ask('--version')).toEqual({ kind: 'version' })
  })

  it('works without any command', () => {
    const nothing = { commands: [], topics: [], globalFlags: [] }
    expect(route([], nothing)).toEqual({ kind: 'help', short: true })
    expect(route(['x'], nothing)).toEqual({ kind: 'unknown-command', name: 'x', near: [] })
  })
})
