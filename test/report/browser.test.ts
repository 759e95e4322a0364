/** The page in a browser without a window, where one is installed. */
import { existsSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { timelineHtml } from '../../src/report/index.js'
import { temporaryFolder } from '../support/workspaces.js'
import { hostile, storyReport } from './story.js'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome']
const executablePath = (process.env.PATH ?? '')
  .split(path.delimiter)
  .flatMap((folder) => NAMES.map((name) => path.join(folder, name)))
  .find((file) => existsSync(file))
const title = executablePath === undefined ? 'in a browser (left out: no Chromium on the path)' : 'in a browser'

describe.skipIf(executablePath === undefined)(title, () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await chromium.launch({ ...(executablePath && { executablePath }), args: ['--no-sandbox'] })
  })
  afterAll(async () => {
    await browser?.close()
  })

  /** The page, with whatever it complained about and asked of the network. */
  async function opened(html: string): Promise<{ page: Page; complaints: string[]; requests: string[] }> {
    const file = path.join(temporaryFolder(), 'page.html')
    writeFileSync(file, html)
    const page = await browser.newPage()
    const [complaints, requests]: [string[], string[]] = [[], []]
    page.on('console', (message) => complaints.push(message.text()))
    page.on('pageerror', (error) => complaints.push(String(error)))
    page.on('dialog', (dialog) => complaints.push(dialog.message()))
    page.on('request', (request) => requests.push(request.url()))
    await page.goto(pathToFileURL(file).href)
    return { page, complaints, requests: requests.filter((url) => !url.startsWith('file:')) }
  }

  it('loads nothing and complains about nothing, whatever the data holds', async () => {
    for (const report of [storyReport(), storyReport(hostile())]) {
      const { page, complaints, requests } = await opened(timelineHtml(report))
      expect([complaints, requests]).toEqual([[], []])
      await page.close()
    }
  })

  it('shows what the mouse points at, and keeps what was clicked', async () => {
    const { page } = await opened(timelineHtml(storyReport()))
    const panel = page.locator('#panel')
    await page.locator('a[href="#event-2"] text').hover()
    expect(await panel.textContent()).toContain('streamland/rights: licence ends, LIC-G1 [1] 2020-01-01/licences.csv:4')
    await page.locator('a[href="#lane-1-4"] rect').first().click()
    expect(await panel.textContent()).toContain('LIC-G2 (by-claim) by lic-g 2020-01-01/licences.csv:5')
    await page.locator('a[href="#event-1"] text').hover()
    expect(await panel.textContent()).toContain('1. 2018-01-01')
    await page.locator('h1').hover()
    expect(await panel.locator('dd').allTextContents()).toEqual(expect.arrayContaining(['2020-03-01', '60', '40']))
    await page.close()
  })

  it('can be walked through with the keyboard', async () => {
    const { page } = await opened(timelineHtml(storyReport()))
    await page.keyboard.press('Tab')
    expect(await page.locator('#panel dd').first().textContent()).toBe('ever')
    await page.keyboard.press('ArrowRight')
    expect(await page.locator('#panel dd').first().textContent()).toBe('2018-01-01')
    await page.locator('a[href="#event-1"]').focus()
    await page.keyboard.press('ArrowRight')
    expect(await page.locator('#panel').textContent()).toContain('2. 2020-01-01, Mechanical right')
    await page.close()
  })

  it('prints on A4 without what only a screen can use', async () => {
    const { page } = await opened(timelineHtml(storyReport()))
    await page.emulateMedia({ media: 'print' })
    expect(await page.locator('#panel').isVisible()).toBe(false)
    expect(await page.locator('#event-1').isVisible()).toBe(true)
    const pdf = await page.pdf({ preferCSSPageSize: true })
    // A4 in points, as the PDF says it.
    expect(pdf.toString('latin1')).toMatch(/\/MediaBox \[0 0 59[45](?:\.\d+)? 84[12](?:\.\d+)?\]/)
    await page.close()
  })
})
