/** The table of rules in the documentation says what the files of the rules say. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { RULES } from '../../src/conflicts/index.js'
import { project, readPage } from './pages.js'

const cells = (line: string): string[] =>
  line
    .split(/(?<!\\)\|/)
    .slice(1, -1)
    .map((cell) => cell.trim().replaceAll('\\|', '|'))

describe('docs/conflicts.md', () => {
  it('has a row for each rule, in the order of the rules, with what its file says', () => {
    const lines = readPage('docs/conflicts.md').text.split('\n')
    const table = lines.slice(lines.findIndex((line) => line.startsWith('| id | name | severity |')))
    const rows = table.slice(0, table.indexOf('')).filter((line) => line.startsWith('| C-'))
    const told = RULES.map(({ id, name, severity, magnitude, next }) => [id, name, String(severity), magnitude, next])
    expect(rows.map(cells)).toEqual(told)
  })

  it('there are as many rules as files, each complete', () => {
    const files = readdirSync(join(project, 'src/conflicts/rules'))
    expect(RULES.length).toBe(files.length)
    expect(RULES.length).toBe(46)
    for (const { id, name, severity, next, sql } of RULES) {
      expect([id, name.length > 0, [1, 2, 3, 4].includes(severity), next.endsWith('.') || next.endsWith('?')]).toEqual([
        id,
        true,
        true,
        true,
      ])
      expect(readFileSync(join(project, 'src/conflicts/rules', `${id.toLowerCase()}.sql`), 'utf8')).toBe(sql)
    }
  })
})
