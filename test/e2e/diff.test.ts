/** `recital diff`, `diff apply` and the library through the built program: files, exit codes, formats, a killed run. */
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { PROJECT, placeForTest } from '../support/cli.js'
import { plainEnvironment, startProcess } from './kit/program.js'

const OLD = ['id,price,note', '1,1.10,a', '2,2,b ', '3,3,c']
const NEW = ['id,price,note', '2,2.5,b', '3,3,c', '4,4,"d, ""x"""']
const CHANGES = [
  '{"op":"delete","key":{"id":"1"},"before":{"id":"1","price":"1.10","note":"a"},"after":null,"changed":[]}',
  '{"op":"update","key":{"id":"2"},"before":{"id":"2","price":"2","note":"b "},"after":{"id":"2","price":"2.5","note":"b"},"changed":["price","note"]}',
  '{"op":"create","key":{"id":"4"},"before":null,"after":{"id":"4","price":"4","note":"d, "x""},"changed":[]}',
].map((line) => line.replace('d, "x"', 'd, \\"x\\"'))

it('gives the document of the contract, writes what was asked for, and says by its exit code that something differs', async () => {
  const place = placeForTest()
  place.file('old.csv', OLD)
  place.file('new.csv.gz', gzipSync(NEW.map((line) => `${line}\n`).join('')))
  const files = ['--out', 'c.jsonl', '--html', 'c.html']
  const ended = await place.run('diff', 'old.csv', 'new.csv.gz', '--key', 'id', '--json', '--exit-code', ...files)
  expect([ended.code, ended.stderr.includes('error')]).toEqual([1, false])
  expect(JSON.parse(ended.stdout)).toMatchObject({
    kind: 'recital.diff',
    version: 1,
    rows: { old: 3, new: 3 },
    ...{ created: 1, updated: 1, deleted: 1, unchanged: 1 },
    duplicateKeys: { old: 0, new: 0 },
    columns: { added: [], removed: [], changed: { price: 1, note: 1 } },
  })
  expect(readFileSync(path.join(place.folder, 'c.jsonl'), 'utf8').trimEnd().split('\n')).toEqual(CHANGES)
  const page = readFileSync(path.join(place.folder, 'c.html'), 'utf8')
  expect(page).toContain("default-src 'none'")
  expect(page).toContain('b␣')
  expect(page).not.toContain('d, "x"<')
  expect((await place.failure('diff', 'old.csv', 'new.csv.gz', '--key', 'id', '--out', 'c.jsonl')).code).toBe(
    'file-exists',
  )
  const applied = await place.run('diff', 'apply', 'old.csv', 'c.jsonl', '--out', 'next.parquet')
  expect(applied.code).toBe(0)
  const same = await place.run('diff', 'next.parquet', 'new.csv.gz', '--key', 'id', '--exit-code')
  expect([same.code, same.stdout.includes('= 3 unchanged')]).toEqual([0, true])
})

it('names file, line and value of bad input, writes nothing, and leaves nothing behind', async () => {
  const place = placeForTest()
  place.file('old.csv', [...OLD, '3,9,z'])
  place.file('new.csv', NEW)
  place.file('noise.csv', Buffer.from([0, 1, 2, 255, 254, 10, 13, 34, 44, 10]))
  const temporary = path.join(place.folder, 'tmp')
  mkdirSync(temporary)
  const run = (...args: string[]) => place.start(['diff', ...args, '--json'], { TMPDIR: temporary }).ended
  const twice = await run('old.csv', 'new.csv', '--key', 'id', '--out', 'c.jsonl')
  expect(twice.code).toBe(3)
  expect(JSON.parse(twice.stdout).error).toMatchObject({ code: 'duplicate-key', file: 'old.csv', line: 4 })
  const lines = JSON.parse(twice.stdout).error.examples
  expect(lines).toEqual(['old.csv: "3" on 2 rows: lines 4, 5'])
  for (const [args, code] of [
    [['old.csv', 'missing.csv', '--key', 'id'], 3],
    [['old.csv', 'new.csv', '--key', 'id', '--out', 'x.csv', '--html', './x.csv'], 2],
    [['noise.csv', 'new.csv', '--key', 'id'], 3],
    [['new.csv', 'new.csv', '--key', 'ident'], 3],
    [['new.csv', 'new.csv'], 2],
    [['new.csv', 'new.csv', '--key', 'id', '--types', 'price=monye'], 2],
    [['new.csv', 'new.csv', '--key', 'id', '--out', 'changes.txt'], 2],
  ] as const) {
    const ended = await run(...args)
    expect([args, ended.code]).toEqual([args, code])
    expect(JSON.parse(ended.stdout).error.suggestions.length + ended.stderr.length).toBeGreaterThan(0)
  }
  expect(existsSync(path.join(place.folder, 'c.jsonl'))).toBe(false)
  expect(readdirSync(temporary)).toEqual([])
})

it('goes on with the finished parts of a killed run, to the same bytes', async () => {
  const place = placeForTest()
  const rows = (shift: number) =>
    Array.from(
      { length: 40_000 },
      (_, id) => `${(id * 7919) % 40_009},${id % 50 === 0 ? id + shift : id},${'x'.repeat(40)}`,
    )
  place.file('old.csv', ['id,v,w', ...rows(0)])
  place.file('new.csv', ['id,v,w', ...rows(1)])
  const args = ['diff', 'old.csv', 'new.csv', '--key', 'id', '--resume', 'parts', '--out']
  // A run that is killed outright leaves its temporary folder behind: in here.
  const killed = place.start([...args, 'killed.jsonl'], { TMPDIR: place.folder })
  const jobs = path.join(place.folder, 'parts')
  const done = (): number =>
    existsSync(jobs)
      ? readdirSync(jobs).flatMap((job) => {
          const folder = path.join(jobs, job, 'done')
          return existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.parquet')) : []
        }).length
      : 0
  let hasEnded = false
  void killed.ended.then(() => {
    hasEnded = true
  })
  while (!hasEnded && done() === 0) await new Promise((resolve) => setTimeout(resolve, 2))
  killed.child.kill('SIGKILL')
  await killed.ended
  const wasCut = !existsSync(path.join(place.folder, 'killed.jsonl'))
  if (wasCut) expect(done()).toBeGreaterThan(0)
  expect((await place.run(...args, 'resumed.jsonl')).code).toBe(0)
  expect((await place.run('diff', 'old.csv', 'new.csv', '--key', 'id', '--out', 'whole.jsonl')).code).toBe(0)
  const read = (name: string) => readFileSync(path.join(place.folder, name))
  expect(read('resumed.jsonl').equals(read('whole.jsonl'))).toBe(true)
  expect(read('whole.jsonl').toString().trimEnd().split('\n').length).toBe(800)
  expect(readdirSync(jobs)).toEqual([])
})

it('gives other programs a stream of changes', async () => {
  const place = placeForTest()
  place.file('old.csv', OLD)
  place.file('new.csv', NEW)
  mkdirSync(path.join(place.folder, 'node_modules'))
  symlinkSync(PROJECT, path.join(place.folder, 'node_modules/recital'), 'dir')
  const script = place.file(
    'consumer.mjs',
    `import { diffSnapshots } from 'recital'
     const diff = diffSnapshots('old.csv', 'new.csv', { key: 'id' })
     const { created, updated, deleted } = await diff.summary()
     const changes = []
     for await (const change of diff) changes.push(change)
     const failure = await diffSnapshots('old.csv', 'new.csv', { key: 'x' }).summary().catch((error) => error.code)
     console.log(JSON.stringify({ created, updated, deleted, changes, failure }))`,
  )
  const { code, stdout } = await startProcess([script], { cwd: place.folder, env: plainEnvironment({}) }).ended
  expect(code).toBe(0)
  const { changes, ...rest } = JSON.parse(stdout)
  expect(rest).toEqual({ created: 1, updated: 1, deleted: 1, failure: 'missing-key' })
  expect(changes.map((change: unknown) => JSON.stringify(change))).toEqual(CHANGES)
})
