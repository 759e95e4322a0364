/** What the documentation must not leave out, and what must not be in it. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import { globalFlags } from '../../src/cli/flags.js'
import { examplesOf, pages, project, readPage } from './pages.js'

/** Command files as commands: `feed/log.ts` is `feed log`. */
const commands = readdirSync(join(project, 'src/commands'), { recursive: true })
  .map((name) => String(name).replaceAll('\\', '/'))
  .filter((name) => name.endsWith('.ts'))
  .map((name) => ({ file: `src/commands/${name}`, name: name.slice(0, -'.ts'.length).replaceAll('/', ' ') }))
  .sort((a, b) => (a.name < b.name ? -1 : 1))

const commandsPage = readPage('docs/commands.md').text

/** The part of docs/commands.md below a heading `## name`. */
const sectionOf = (name: string): string | undefined =>
  commandsPage.split(/^## /m).find((section) => section.startsWith(`${name}\n`))

async function flagsOf(file: string): Promise<string[]> {
  const module = (await import(pathToFileURL(join(project, file)).href)) as {
    default: { flags?: Record<string, unknown> }
  }
  return Object.keys(module.default.flags ?? {})
}

describe('docs/commands.md', () => {
  it('finds the commands', () => {
    expect(commands.map(({ name }) => name)).toContain('ingest')
  })

  it.each(commands)('describes $name with its flags, exit codes and two examples', async ({ file, name }) => {
    const section = sectionOf(name)
    expect(section, `no section "## ${name}"`).toBeDefined()
    const flags = (await flagsOf(file)).filter((flag) => !(flag in globalFlags))
    for (const flag of flags) expect(section, `--${flag}`).toContain(`| \`--${flag}`)
    expect(section).toMatch(/Exit codes:/)
    expect(section).toMatch(/JSON: /)
    const examples = examplesOf(readPage('docs/commands.md')).filter(
      ({ command }) => command === `recital ${name}` || command.startsWith(`recital ${name} `),
    )
    expect(examples.length).toBeGreaterThanOrEqual(2)
  })

  it('describes the flags of all commands', () => {
    const section = sectionOf('For all commands')
    for (const flag of Object.keys(globalFlags)) expect(section, `--${flag}`).toContain(`\`--${flag}`)
  })

  it('describes no command that does not exist', () => {
    const sections = [...commandsPage.matchAll(/^## (.+)$/gm)].map(([, title]) => title)
    const names = commands.map(({ name }) => name)
    expect(sections.filter((title) => title !== 'For all commands').sort()).toEqual(names)
  })
})

describe('docs/codebase-guide.md', () => {
  const folders = readdirSync(join(project, 'src'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => `${join(entry.parentPath, entry.name).slice(project.length).replaceAll('\\', '/')}/`)
  const guide = readPage('docs/codebase-guide.md').text
  const named = [...guide.matchAll(/^\| `(src\/[^`]+\/)` \|/gm)].map(([, folder]) => folder ?? '')

  it('names every folder below src/', () => {
    expect(folders).toContain('src/store/evidence/')
    expect([...folders].sort().filter((folder) => !named.includes(folder))).toEqual([])
  })

  it('names only folders and key files that exist', () => {
    expect(named.filter((folder) => !existsSync(join(project, folder)))).toEqual([])
    const files = [...guide.matchAll(/`(src\/[\w./-]+\.\w+)`/g)].map(([, file]) => file ?? '')
    expect(files.length).toBeGreaterThan(5)
    expect(files.filter((file) => !existsSync(join(project, file)))).toEqual([])
  })
})

describe('docs/feeds-and-mappings.md', () => {
  it('names every relation with every column', async () => {
    const { RELATIONS } = await import('../../src/model/relations.js')
    const { text } = readPage('docs/feeds-and-mappings.md')
    for (const { name, columns } of Object.values(RELATIONS)) {
      const row = text.split('\n').find((line) => line.startsWith(`| \`${name}\``))
      expect(row, `no row for ${name}`).toBeDefined()
      const cell = row?.split('|')[2]?.replaceAll('*', '') ?? ''
      const listed = cell.split(',').map((word) => word.trim())
      expect(listed, name).toEqual(columns.map((column) => column.name))
    }
  })
})

describe('docs/store.md', () => {
  it('names every table of the evidence', () => {
    const schema = readFileSync(join(project, 'src/store/evidence/schema.sql'), 'utf8')
    const tables = [...schema.matchAll(/CREATE TABLE (\w+)/g)].map(([, table]) => table)
    expect(tables).toContain('snapshots')
    const { text } = readPage('docs/store.md')
    for (const table of tables) expect(text, table).toContain(`| \`${table}\` |`)
  })
})

/** The anchor of a heading as GitHub makes it. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-')

describe('links', () => {
  const links = pages().flatMap(({ path, text }) =>
    [...text.replace(/^```.*?^```/gms, '').matchAll(/\]\(([^)\s]+)\)|src="([^"]+)"/g)]
      .map(([, target, image]) => target ?? image ?? '')
      .filter((target) => !/^[a-z]+:/.test(target))
      .map((target) => ({ path, target })),
  )

  it('are there', () => {
    expect(links.length).toBeGreaterThan(10)
  })

  it.each(links)('$path: $target leads somewhere', ({ path, target }) => {
    const [file = '', anchor] = target.split('#')
    const aim = file === '' ? path : join(dirname(path), file)
    expect(existsSync(join(project, aim)), aim).toBe(true)
    if (anchor === undefined) return
    const headings = [...readPage(aim).text.matchAll(/^#+ (.+)$/gm)].map(([, heading]) => anchorOf(heading ?? ''))
    expect(headings).toContain(anchor)
  })
})

describe('every page', () => {
  const FORBIDDEN: readonly (readonly [what: string, pattern: RegExp])[] = [
    ['an absolute path of some machine', /(?:^|[\s`"'(])(?:\/(?:home|Users|root|tmp|work|var|mnt)\/|[A-Z]:\\)/m],
    ['words of a writing machine', /\b(?:AI|LLM|ChatGPT|Claude|language model|subagent|prompt(?:ed|ing)?)\b/],
    ['work that is not done', /\b(?:TODO|FIXME|TBD|lorem ipsum)\b/i],
  ]

  it.each(pages())('$path holds nothing that should not be there', ({ text }) => {
    for (const [what, pattern] of FORBIDDEN) expect(text.match(pattern)?.[0], what).toBeUndefined()
  })

  it('finds what it looks for', () => {
    const caught = ['see /home/me/x', 'C:\\data', 'made with ChatGPT', 'TODO: more']
    for (const text of caught)
      expect(
        FORBIDDEN.some(([, pattern]) => pattern.test(text)),
        text,
      ).toBe(true)
  })
})
