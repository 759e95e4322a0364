/** Deliveries that are not as they should be: nothing is lost silently, and nothing is deleted on their word. */
import { appendFileSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { InputError } from '../../../src/errors.js'
import { type BwarmDumpOptions, type WrittenFile, writeBwarm } from '../../support/bwarm.js'
import fc, { runs } from '../../support/property.js'
import { temporaryFolder } from '../../support/workspaces.js'
import { CATALOGUE } from './catalogue.js'
import { stageBwarm, tallied } from './kit.js'

const named = (files: readonly WrittenFile[], name: string): WrittenFile => {
  const file = files.find((candidate) => candidate.name === name)
  if (file === undefined) throw new Error(`no ${name}`)
  return file
}

const edit = (file: WrittenFile, change: (text: string) => string): void =>
  writeFileSync(file.path, change(readFileSync(file.path, 'utf8')))

async function damaged(
  damage: (files: WrittenFile[]) => WrittenFile[] | undefined,
  options: Partial<BwarmDumpOptions> = {},
) {
  const folder = temporaryFolder()
  const files = writeBwarm(`${folder}/d`, CATALOGUE, { version: '2.1', ...options })
  const outcome = await stageBwarm(folder, damage(files) ?? files, 'BWARM_PADPIDA2007081601G_20240107053000123')
  const seen = {
    partial: outcome.result.partial,
    codes: outcome.findings.map(({ code }) => code),
    partialFiles: outcome.files.filter(({ partial }) => partial).map(({ source }) => source.name),
    rejects: await outcome.rejects(),
    result: outcome.result,
    files: outcome.files,
  }
  await outcome.close()
  for (const file of seen.files) expect([file.source.name, tallied(file)]).toEqual([file.source.name, file.lines])
  return seen
}

describe('the manifest disagrees', () => {
  test('no manifest: partial, and the folder tells sender and time', async () => {
    const seen = await damaged((files) => files.slice(0, -1))
    expect(seen.codes).toContain('no-manifest')
    expect(seen.partial).toBe(true)
    expect(seen.result.created).toBe('2024-01-07T05:30:00.123Z')
    expect(seen.result.sender.dpid).toBe('PADPIDA2007081601G')
    expect(seen.partialFiles).toHaveLength(14)
  })

  test('no footer: everything is in doubt', async () => {
    const seen = await damaged(() => undefined, { manifest: { footer: false } })
    expect(seen.codes).toContain('no-footer')
    expect(seen.partialFiles).toHaveLength(15)
  })

  test('a changed value keeps the count but not the MD5 sum', async () => {
    const seen = await damaged(
      (files) => void edit(named(files, 'parties.tsv'), (text) => text.replace('Berg', 'Burg')),
    )
    expect(seen.codes).toContain('md5-mismatch')
    expect(seen.codes).not.toContain('count-mismatch')
    expect(seen.partialFiles).toEqual(['parties.tsv'])
  })

  test('a lost line: count mismatch, that file alone is partial', async () => {
    const lose = (files: WrittenFile[]) =>
      void edit(named(files, 'musicalworks.tsv'), (text) => text.replace(/W3.*\n/, ''))
    const seen = await damaged(lose, { manifest: { md5: false } })
    expect(seen.codes).toContain('count-mismatch')
    expect(seen.partialFiles).toEqual(['musicalworks.tsv'])
  })

  test('counts without header rows agree as well', async () => {
    expect((await damaged(() => undefined, { manifest: { countsHeader: false } })).partial).toBe(false)
  })

  test('a listed file is missing, another is not listed', async () => {
    const seen = await damaged((files) => {
      const other = { name: 'notes.txt', path: `${named(files, 'parties.tsv').path}.txt`, text: '' }
      writeFileSync(other.path, 'hello\nworld\n')
      return [...files.filter(({ name }) => name !== 'releases.tsv'), other]
    })
    expect(seen.codes).toEqual(
      expect.arrayContaining(['missing-file', 'missing-table', 'unlisted-file', 'unknown-file']),
    )
    expect(seen.partial).toBe(true)
    expect(seen.files.at(-1)?.tally.staged).toBe(2)
  })

  test('a cut last line is partial, the missing cells are a reject', async () => {
    const cut = (files: WrittenFile[]) => {
      const file = named(files, 'musicalworkrightshares.tsv')
      truncateSync(file.path, Buffer.byteLength(file.text) - 20)
      return undefined
    }
    const seen = await damaged(cut, { manifest: { md5: false } })
    expect(seen.codes).toContain('cut-last-line')
    expect(seen.partialFiles).toEqual(['musicalworkrightshares.tsv'])
    // S7 ends "…<type> PrintRight <from> <to> <before> <territories> <uses>": the last cells are gone.
    expect(seen.rejects).toMatchObject([
      { line: 8, reason: expect.stringMatching(/^the line has \d+ cells, 12 were expected$/) },
    ])
  })
})

describe('lines that do not fit', () => {
  test('ragged lines are refused with their number, the others stay; blank lines are counted', async () => {
    const seen = await damaged((files) => {
      const file = named(files, 'workresourcelinks.tsv')
      appendFileSync(file.path, 'K8\tW1\n\nK9\tW1\tR1\textra\nK10\tW2\tR1\n')
      return undefined
    })
    const links = seen.files.find(({ source }) => source.name === 'workresourcelinks.tsv')
    expect(links?.tally).toEqual({ header: 1, staged: 4, rejected: 2, continued: 0, blank: 1 })
    expect(seen.rejects.map(({ line, reason, raw }) => [line, reason, raw])).toEqual([
      [5, 'the line has 2 cells, 3 were expected', 'K8\tW1'],
      [7, 'the line has 4 cells, 3 were expected', 'K9\tW1\tR1\textra'],
    ])
  })

  test('a title with a quote at its start swallows nothing', async () => {
    const folder = temporaryFolder()
    const titles = ['"Open', 'Plain', 'Close"', '""', `it's "in" it`]
    const works = titles.map((title, index) => ({ id: `W${index}`, title }))
    const outcome = await stageBwarm(folder, writeBwarm(`${folder}/d`, { works }, { version: '2.1' }))
    expect((await outcome.rows('works', 'title, line')).map(({ title }) => title).sort()).toEqual([...titles].sort())
    await outcome.close()
  })

  test('an unreadable percentage or date costs the row, and says why', async () => {
    const seen = await damaged(
      (files) =>
        void edit(named(files, 'musicalworkrightshares.tsv'), (text) =>
          text.replace('33.333333', '33,3').replace('2018-01-01', '2018-13-01'),
        ),
    )
    // Line 3 has two rights: two rows, one line.
    expect(seen.rejects.map(({ line, reason }) => [line, reason])).toEqual([
      [3, 'valid_from is not a date'],
      [3, 'valid_from is not a date'],
      [5, 'share is not a number'],
    ])
  })

  test('a table with other columns is refused, naming what was seen', async () => {
    const broken = damaged((files) => void edit(named(files, 'musicalworks.tsv'), () => '#Colour\tSize\nred\t3\n'))
    await expect(broken).rejects.toThrow(InputError)
    await expect(broken).rejects.toThrow('Colour, Size')
  })
})

/** Reads a dump with these bytes as its table of works. */
async function worksOf(bytes: Buffer) {
  const folder = temporaryFolder()
  const files = writeBwarm(`${folder}/d`, {}, { version: '2.1', manifest: { md5: false } })
  const works = named(files, 'musicalworks.tsv')
  writeFileSync(works.path, bytes)
  const outcome = await stageBwarm(folder, files)
  const file = outcome.files.find(({ source }) => source.name === works.name)
  const seen = {
    rows: (await outcome.rows('works', 'line, title')).map(({ line, title }) => [line, title]),
    rejects: (await outcome.rejects()).map(({ line, reason, raw }) => [line, reason, raw]),
    encoding: outcome.findings.filter(({ code }) => code === 'encoding'),
    cut: outcome.findings.filter(({ code }) => code === 'cut-last-line').length,
    lines: file?.lines,
    tally: file?.tally,
  }
  await outcome.close()
  return seen
}

const latin1 = (...lines: string[]): Buffer => Buffer.from(lines.map((line) => `${line}\n`).join(''), 'latin1')
const WORKS = '#MusicalWorkRecordId\tISWC\tMusicalWorkTitle'

describe('odd bytes', () => {
  test('lines that are not UTF-8 are read as Windows-1252, reported once, refused ones with their text', async () => {
    const bytes = Buffer.concat([
      latin1(WORKS, 'W1\t\tBeyonc\xe9', 'W2\t\t\x80 5 \x93x\x94', 'W3\t\xe9', '', 'W4\t\tplain'),
      Buffer.from('W5\t\t\u00c5se\n'),
    ])
    const { rows, rejects, encoding, tally, lines } = await worksOf(bytes)
    expect(rows).toEqual([
      [2, 'Beyonc\u00e9'],
      [3, '\u20ac 5 \u201cx\u201d'],
      [6, 'plain'],
      [7, '\u00c5se'],
    ])
    expect(rejects).toEqual([[4, 'the line has 2 cells, 3 were expected', 'W3\t\u00e9']])
    expect(encoding).toMatchObject([{ line: 2, occurrences: 3 }])
    expect([lines, tally]).toEqual([7, { header: 1, staged: 4, rejected: 1, continued: 0, blank: 1 }])
  })

  test('a lone carriage return and a NUL stay in their cell, in a refused line as in others', async () => {
    const { rows, rejects, tally } = await worksOf(latin1(WORKS, 'W1\t\tT\rwo', 'W2\t\ra', 'W3\t\ta\0b', 'W4\t\tFour'))
    expect(rows).toEqual([
      [2, 'T\rwo'],
      [4, 'a\0b'],
      [5, 'Four'],
    ])
    expect(rejects).toEqual([[3, 'the line has 2 cells, 3 were expected', 'W2\t\ra']])
    expect(tally).toEqual({ header: 1, staged: 3, rejected: 1, continued: 0, blank: 0 })
  })

  test('line ends of two kinds', async () => {
    const { rows, tally } = await worksOf(Buffer.from(`${WORKS}\r\nW1\t\tOne\r\n\r\nW2\t\tTwo\nW3\t\tThree\r\n`))
    expect(rows).toEqual([
      [2, 'One'],
      [4, 'Two'],
      [5, 'Three'],
    ])
    expect(tally).toEqual({ header: 1, staged: 3, rejected: 0, continued: 0, blank: 1 })
  })

  test('a file that knows only carriage returns: they end its lines, which are counted', async () => {
    const { rows, lines, tally, cut } = await worksOf(Buffer.from(`${WORKS}\rW1\t\tOne\rW2\t\tTwo\r`))
    expect(rows).toEqual([
      [2, 'One'],
      [3, 'Two'],
    ])
    expect([lines, tally]).toEqual([3, { header: 1, staged: 2, rejected: 0, continued: 0, blank: 0 }])
    expect(cut).toBe(0)
    expect((await worksOf(Buffer.from(`${WORKS}\rW1\t\tOne`))).cut).toBe(1)
  })

  test('a line of 70 MB costs that line alone', async () => {
    const long = Buffer.alloc(70_000_000, 'x')
    const { rows, rejects, tally } = await worksOf(
      Buffer.concat([latin1(WORKS, 'W1\t\tOne'), Buffer.from('W2\t\t'), long, latin1('', 'W3\t\tThree')]),
    )
    expect(rows).toEqual([
      [2, 'One'],
      [4, 'Three'],
    ])
    expect(rejects.map(([line, reason]) => [line, reason])).toEqual([
      [3, 'is a line of 70000004 bytes, too long for a row'],
    ])
    expect(String(rejects[0]?.[2])).toHaveLength(10_000)
    expect(tally).toEqual({ header: 1, staged: 2, rejected: 1, continued: 0, blank: 0 })
  })

  test('a manifest that is not UTF-8: its sender is read as Windows-1252, and that is reported', async () => {
    const folder = temporaryFolder()
    const files = writeBwarm(`${folder}/d`, CATALOGUE, { version: '2.1' })
    const manifest = files.at(-1)
    if (manifest === undefined) throw new Error('no manifest')
    writeFileSync(manifest.path, Buffer.from(manifest.text.replace('Northern', 'Nord\xf6stliche'), 'latin1'))
    const outcome = await stageBwarm(folder, files)
    expect(outcome.result.sender.name).toBe('Nord\u00f6stliche Rights Bureau')
    expect(outcome.result.partial).toBe(false)
    expect(outcome.findings.map(({ code, line, occurrences }) => [code, line, occurrences])).toContainEqual([
      'encoding',
      2,
      1,
    ])
    await outcome.close()
  })
})

test('property: with bytes changed at random every line is accounted for, or the layout is refused', {
  timeout: 180_000,
}, async () => {
  const hit = fc.record({
    file: fc.nat(13),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    byte: fc.constantFrom(0, 9, 10, 13, 28, 32, 34, 35, 48, 92, 124, 0x80, 0xe9, 0xff),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(hit, { minLength: 1, maxLength: 12 }), async (hits) => {
      try {
        // `damaged` compares every tally with the number of lines.
        await damaged((files) => {
          for (const { file: index, at, byte } of hits) {
            const file = files[index]
            if (file === undefined) continue
            const bytes = readFileSync(file.path)
            bytes[Math.floor(at * (bytes.length - 1))] = byte
            writeFileSync(file.path, bytes)
          }
          return undefined
        })
      } catch (error) {
        if (!(error instanceof InputError)) throw error
        expect(error.code).toBe('unknown-layout')
      }
    }),
    runs(4),
  )
})

test('a dump of 50,000 lines: every line accounted for, every share traced to its line', async () => {
  const folder = temporaryFolder()
  const count = 10_000
  const each = <Value>(make: (index: number) => Value): Value[] =>
    Array.from({ length: count }, (_, index) => make(index))
  const tables = {
    parties: each((n) => ({ id: `P${n}`, name: `Party ${n}` })),
    works: each((n) => ({ id: `W${n}`, title: `Work ${n}` })),
    workIdentifiers: each((n) => ({ id: `I${n}`, of: `W${n}`, number: `N${n}`, by: 'P0' })),
    shares: each((n) => ({
      id: `S${n}`,
      work: `W${n}`,
      party: `P${n}`,
      role: 'OriginalPublisher',
      share: String(n % 100),
      type: ['OriginalPublisherShare'],
      rights: ['MechanicalRight'],
    })),
    recordings: each((n) => ({ id: `R${n}`, title: `Recording ${n}`, artist: `Artist ${n}` })),
    links: each((n) => ({ id: `K${n}`, work: `W${n}`, recording: `R${n}` })),
  }
  const sender = { dpid: 'PADPIDA2007081601G', name: 'Party 0' }
  const outcome = await stageBwarm(folder, writeBwarm(`${folder}/d`, tables, { version: '2.1', sender }))
  expect(outcome.files.map(tallied)).toEqual(outcome.files.map(({ lines }) => lines))
  expect(outcome.files.reduce((sum, { tally }) => sum + tally.staged, 0)).toBe(6 * count + 14)
  const [shares] = await outcome.rows('shares', 'count(*) AS n, sum(share)::VARCHAR AS total')
  // 100 times 0 + 1 + … + 99.
  expect(shares).toEqual({ n: count, total: '495000.000000' })
  const [odd] = await outcome.rows(
    'shares',
    `count(*) FILTER (WHERE work_id <> 'name:party 0:N' || (line - 2) OR party_id <> 'name:party ' || (line - 2)
      OR share <> (line - 2) % 100) AS n`,
  )
  expect(odd).toEqual({ n: 0 })
  await outcome.close()
})
