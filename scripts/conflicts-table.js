/**
 * Writes the table of rules in docs/conflicts.md from the files of the rules; with --check fails where it is out of date.
 *
 *   node scripts/conflicts-table.js [--check]
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const project = fileURLToPath(new URL('..', import.meta.url))
const page = join(project, 'docs/conflicts.md')
const ORDER = ['shr', 'ter', 'dat', 'id', 'lnk', 'pty', 'lic', 'snp']

const rank = (name) => ORDER.indexOf(name.split('-')[1]) * 1000 + Number(name.match(/\d+/)[0])

function rowOf(file) {
  const text = readFileSync(join(project, 'src/conflicts/rules', file), 'utf8')
  const get = (word) => text.match(new RegExp(`^-- ${word}: (.*)$`, 'm'))[1].replaceAll('|', '\\|')
  return `| ${get('rule')} | ${get('name')} | ${get('severity')} | ${get('magnitude')} | ${get('next')} |`
}

const files = readdirSync(join(project, 'src/conflicts/rules')).sort((a, b) => rank(a) - rank(b))
const table = [
  '| id | name | severity | magnitude | next step |',
  '| --- | --- | --- | --- | --- |',
  ...files.map(rowOf),
].join('\n')
const before = readFileSync(page, 'utf8')
const [start, end] = ['<!-- rules -->', '<!-- end of rules -->']
const [head] = before.split(start)
const [, tail] = before.split(end)
const after = `${head}${start}\n\n${table}\n\n${end}${tail}`
if (process.argv.includes('--check')) {
  if (before !== after) {
    console.error(`${dirname(page)}/conflicts.md does not say what the rules say: node scripts/conflicts-table.js`)
    process.exitCode = 1
  }
} else writeFileSync(page, after)
