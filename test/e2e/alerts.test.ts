/** Alert rules through the built program: what it prints, what it leaves alone, and that predictions come true. */
import { createHash } from 'node:crypto'
import { cpSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { DryRunDocument } from '../../src/cli/views/alerts/dry-run-document.js'
import type { LogDocument } from '../../src/cli/views/alerts/log.js'
import type { IngestDocument } from '../../src/cli/views/ingest-document.js'
import { FIXTURES, type Place, PROJECT, placeForTest } from '../support/cli.js'

const PACK = join(PROJECT, 'rules/ticket-inventory.yaml')
const CONTRACT = `feed: "acme/*"
rules:
  - id: price-spike
    severity: high
    owner: fraud-desk
    on: update
    when: after.price >= 2 * before.price and after.quantity > 0
    message: "{key.id}: {before.price} -> {after.price}"
`

/** Name, size, time and content of every file below a folder. */
function everything(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((file) => `${file} ${statSync(file).mtimeMs} ${createHash('sha256').update(readFileSync(file)).digest('hex')}`)
}

async function json<T>(place: Place, ...args: string[]): Promise<T> {
  const { code, stdout, stderr } = await place.run(...args, '--json')
  expect(code, stderr).toBe(0)
  return JSON.parse(stdout) as T
}

describe('alerts', () => {
  it('dry-run: answers as agreed, and what is not typed is refused', async () => {
    const place = placeForTest()
    const file = place.file('rules.yaml', CONTRACT)
    const changes = place.file('changes.jsonl', [
      '{"op":"update","key":{"id":1},"before":{"price":15,"quantity":2},"after":{"price":40,"quantity":2},"changed":["price"]}',
      '{"op":"update","key":{"id":2},"before":{"price":15,"quantity":2},"after":{"price":40,"quantity":0},"changed":["price","quantity"]}',
      '{"op":"create","key":{"id":3},"before":null,"after":{"price":40,"quantity":1},"changed":[]}',
    ])
    const before = everything(place.folder)
    const document = await json<DryRunDocument>(
      place,
      'alerts',
      'dry-run',
      file,
      '--changes',
      changes,
      '--types',
      'price=decimal(10,2),quantity=integer',
    )
    expect(document.changes).toBe(3)
    expect(document.alerts).toMatchObject([
      {
        ...{ rule: 'price-spike', severity: 'high', key: { id: '1' }, group: null, message: '1: 15 -> 40', line: 3 },
        because: [
          { condition: 'after.price >= 2 * before.price', operands: { 'after.price': 40, 'before.price': 15 } },
          { condition: 'after.quantity > 0', operands: { 'after.quantity': 2 } },
        ],
      },
    ])
    expect(document.rules).toEqual({
      'price-spike': { evaluated: 2, matched: 1, suppressed: 0, shadowed: 0, cannotEvaluate: 0, alerts: 1 },
    })
    const untyped = await place.run('alerts', 'dry-run', file, '--changes', changes, '--json')
    expect(untyped.code).toBe(3)
    expect(JSON.parse(untyped.stdout)).toMatchObject({ error: { code: 'text-as-number', exitCode: 3, line: 7 } })
    expect((await place.run('alerts', 'lint', file)).code).toBe(1)
    expect((await place.run('alerts', 'dry-run', file)).code).toBe(2)
    expect(everything(place.folder)).toEqual(before)
  })

  it('dry-run: what is predicted of a snapshot is what its ingest records, and what a dry run says afterwards', async () => {
    const place = placeForTest()
    cpSync(join(FIXTURES, 'alerts'), join(place.folder, 'alerts'), { recursive: true })
    const outcomes: [number, number][] = []
    for (const day of ['2024-05-01', '2024-05-02', '2024-05-03']) {
      const args = [`alerts/${day}.csv`, '--mapping', 'alerts/inventory.yaml', '--received', day, '--rules', PACK]
      const predicted = await json<IngestDocument>(place, 'ingest', ...args, '--dry-run')
      const done = await json<IngestDocument>(place, 'ingest', ...args)
      expect(done.alerts).toEqual(predicted.alerts)
      const log = await json<LogDocument>(place, 'alerts', 'log', '--feed', 'made-up/inventory', '--snapshot', day)
      expect(log.alerts).toEqual(predicted.alerts?.listed ?? [])
      const before = everything(place.workspace)
      const again = await json<DryRunDocument>(place, 'alerts', 'dry-run', PACK, '--feed', 'made-up/inventory')
      expect(everything(place.workspace)).toEqual(before)
      const told = [...again.alerts, ...again.suppressed].map(({ rule, key, group, message, because }) => ({
        rule,
        key,
        group,
        message,
        because,
      }))
      expect(
        log.alerts.map(({ rule, key, group, message, because }) => ({ rule, key, group, message, because })),
      ).toEqual(told)
      outcomes.push([again.totals.alerts, again.totals.suppressed])
    }
    // By hand: West's three listings gone; 201 60 -> 150 and moved; 202 30 -> 14.50; 203 6 -> 18; 301 on the seats of 204.
    // On the third day only 201 doubles again, within the week.
    expect(outcomes).toEqual([
      [0, 0],
      [6, 0],
      [0, 1],
    ])
  })

  it('test: fails with differences, as JUnit as well', async () => {
    const place = placeForTest()
    const failing = join(FIXTURES, 'alerts/failing.yaml')
    const { code, stdout } = await place.run('alerts', 'test', PACK, failing, '--junit', 'out.xml')
    expect(code).toBe(1)
    expect(stdout).toContain('missing     price-spike  listing_id 17')
    expect(stdout).toContain('unexpected  price-spike  listing_id 18')
    const xml = readFileSync(join(place.folder, 'out.xml'), 'utf8')
    expect(xml).toContain('tests="8" failures="1"')
    expect(xml).toMatch(/<failure message="missing {5}price-spike {2}listing_id 17">/)
  })
})
