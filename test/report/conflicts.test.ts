/** Reports of conflicts: every value is escaped, whatever the data hold, and a page does in a browser what it promises. */
import { existsSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { chromium } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { type ConflictsReport, conflictsCsv, conflictsHtml, conflictsMarkdown } from '../../src/report/index.js'
import { temporaryFolder } from '../support/workspaces.js'

const EVIL = `</script><script>alert("1")</script><img src=x onerror='alert(1)'>|\u0000\u001b`

const conflict = (
  id: string,
  severity: number,
  streams: number,
  subject: string,
): ConflictsReport['conflicts'][number] => ({
  id,
  name: `Name of ${id}`,
  severity,
  subject,
  right: 'mech',
  territories: 'US',
  from: '2019-01-01',
  to: null,
  knownFrom: '2020-01-01',
  knownTo: null,
  total: 120,
  over: 20,
  magnitude: '120 % claimed, 20 over 100',
  streams,
  paymentOnly: false,
  parties: ['A', 'B'],
  statements: ['p1/x:shares:W1:0a1b2c3d4e5f'],
  detail: '',
  next: 'Ask.',
  key: `${id}:0123456789ab`,
  decisions: [],
})

const report = (subject = 'Song T9000000011'): ConflictsReport => ({
  known: '2022-04-11',
  since: null,
  counts: [{ id: 'C-SHR-01', name: 'Overclaim', severity: 1, count: 1 }],
  leftOut: 0,
  conflicts: [conflict('C-SHR-01', 1, 5, subject), conflict('C-SHR-05', 2, 900, 'Another song')],
  disappeared: [],
  sources: {
    'p1/x:shares:W1:0a1b2c3d4e5f': {
      feed: 'p1/x',
      file: 'shares.csv',
      line: 7,
      sha256: 'ab12',
      published: '2020-01-01',
      received: '2020-01-01',
    },
  },
  generation: '3',
  command: 'recital conflicts',
  program: 'recital 1.2.3',
})

const NAMES = ['chromium', 'chromium-browser', 'google-chrome']
const executablePath = (process.env.PATH ?? '')
  .split(path.delimiter)
  .flatMap((folder) => NAMES.map((name) => path.join(folder, name)))
  .find((file) => existsSync(file))

describe('conflicts as files', () => {
  it('hold every figure with its source', () => {
    expect(conflictsHtml(report())).toContain('shares.csv:7')
    expect(conflictsMarkdown(report())).toContain('sha256 ab12')
    const [head, first] = conflictsCsv(report()).split('\r\n')
    expect(head?.split(',').slice(0, 5)).toEqual(['state', 'id', 'name', 'severity', 'subject'])
    expect(first).toBe(
      'stands,C-SHR-01,Name of C-SHR-01,1,Song T9000000011,mech,US,2019-01-01,,2020-01-01,,120,20,5,no,A|B,p1/x:shares:W1:0a1b2c3d4e5f,shares.csv:7,,,Ask.,C-SHR-01:0123456789ab',
    )
  })

  it('let no value out of its place', () => {
    const html = conflictsHtml(report(EVIL))
    expect(html).not.toContain('<img')
    expect(html.match(/<script>/g)?.length).toBe(1)
    expect(conflictsMarkdown(report(EVIL))).not.toContain('<img')
    // A spreadsheet would take it for a formula.
    expect(conflictsCsv(report('=1+1'))).toContain(",'=1+1,")
    expect(conflictsCsv(report('a "b", c'))).toContain(',"a ""b"", c",')
  })

  it('are the same bytes twice', () => {
    for (const write of [conflictsHtml, conflictsCsv, conflictsMarkdown]) expect(write(report())).toBe(write(report()))
  })
})

describe.skipIf(executablePath === undefined)(
  `in a browser${executablePath === undefined ? ' (left out: no Chromium on the path)' : ''}`,
  () => {
    it('loads nothing, sorts, filters and prints', async () => {
      const browser = await chromium.launch({ ...(executablePath && { executablePath }), args: ['--no-sandbox'] })
      try {
        const file = path.join(temporaryFolder(), 'conflicts.html')
        writeFileSync(file, conflictsHtml(report(EVIL)))
        const page = await browser.newPage()
        const complaints: string[] = []
        page.on('console', (message) => complaints.push(message.text()))
        page.on('pageerror', (error) => complaints.push(String(error)))
        page.on('dialog', (dialog) => complaints.push(dialog.message()))
        page.on('request', (request) => request.url().startsWith('file:') || complaints.push(request.url()))
        await page.goto(pathToFileURL(file).href)
        const first = page.locator('#conflicts tbody tr:not([hidden])').first()
        expect(await first.textContent()).toContain('C-SHR-01')
        // Streams: up, then down.
        await page.getByRole('button', { name: 'Streams' }).click()
        await page.getByRole('button', { name: 'Streams' }).click()
        expect(await first.textContent()).toContain('C-SHR-05')
        await page.locator('#severity').selectOption('1')
        expect(await page.locator('#shown').textContent()).toBe('1')
        await page.locator('#severity').selectOption('')
        await page.locator('#words').fill('another song')
        expect(await first.textContent()).toContain('Another song')
        await page.emulateMedia({ media: 'print' })
        expect(await page.locator('.filters').isVisible()).toBe(false)
        expect((await page.pdf()).length).toBeGreaterThan(1000)
        expect(complaints).toEqual([])
      } finally {
        await browser.close()
      }
    })
  },
)
