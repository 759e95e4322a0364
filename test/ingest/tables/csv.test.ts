import { describe, expect, it } from 'vitest'
import { InputError } from '../../../src/errors.js'
import fc, { runs } from '../../support/property.js'
import { accounted, bench, pick, stage } from './kit.js'

const lines = (...rows: string[]): string => `${rows.join('\n')}\n`

const failure = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => undefined,
    (reason: unknown) => reason,
  )

describe('rows that other readers lose', () => {
  it('stay when two stray quotes stand 5,000 lines apart', async () => {
    const rows = Array.from({ length: 12_000 }, (_, index) => {
      const title = index === 4000 ? '"Heroes' : index === 9000 ? 'Heroes"' : `Title ${index}`
      return `W${index}\t${title}\tT1`
    })
    const {
      files,
      rows: staged,
      findings,
    } = await stage(bench(), {
      'works.tsv': lines('work_id\ttitle\tcountry', ...rows),
    })
    expect(files[0]?.tally).toEqual({ header: 1, staged: 12_000, rejected: 0, continued: 0, blank: 0 })
    expect(pick(staged.works?.slice(4000, 4001), 'line', 'title')).toEqual([[4002, '"Heroes']])
    expect(pick(staged.works?.slice(9000, 9001), 'line', 'title')).toEqual([[9002, 'Heroes"']])
    expect(findings.filter(({ code }) => code === 'stray-quote')).toMatchObject([{ line: 4002, occurrences: 1 }])
  })

  it('stay when the dialect changes in the middle of the file', async () => {
    const { rows, rejects, files } = await stage(bench(), {
      'works.csv': lines('work_id,title', 'W1,One', 'W2;Two', 'W3,Three'),
    })
    expect(pick(rows.works, 'line', 'work_id')).toEqual([
      [2, 'W1'],
      [4, 'W3'],
    ])
    expect(rejects).toMatchObject([{ line: 3, reason: 'has 1 cell, the header has 2', raw: 'W2;Two' }])
    expect(files[0]?.tally).toEqual({ header: 1, staged: 2, rejected: 1, continued: 0, blank: 0 })
  })

  it('are refused one by one when too short or too long, with their text', async () => {
    const { rows, rejects } = await stage(bench(), {
      'works.csv': lines('work_id,title,iswc', 'W1,Love, Actually,', 'W2', 'W3,Three,'),
    })
    expect(pick(rows.works, 'work_id', 'title')).toEqual([['W3', 'Three']])
    expect(pick(rejects, 'line', 'reason', 'raw')).toEqual([
      [2, 'has 4 cells, the header has 3', 'W1,Love, Actually,'],
      [3, 'has 1 cell, the header has 3', 'W2'],
    ])
  })

  it('are refused whole files with a preamble, naming what was found', async () => {
    const error = await failure(stage(bench(), { 'works.csv': lines('Catalogue of 2024', 'work_id,title', 'W1,One') }))
    expect(error).toBeInstanceOf(InputError)
    expect(error).toMatchObject({ code: 'missing-column', details: { file: 'works.csv', line: 1 } })
    expect(String(error)).toContain('Catalogue of 2024')
  })

  it('stay whichever columns are read', async () => {
    const { rows, rejects } = await stage(bench(), {
      'recordings.csv': lines('recording_id,title,duration_ms', 'R1,One,1000', 'R2,Two,abc', 'R3,Three,3000'),
    })
    expect(pick(rows.recordings, 'recording_id', 'duration_ms')).toEqual([
      ['R1', 1000],
      ['R3', 3000],
    ])
    expect(rejects).toMatchObject([{ line: 3, column: 'duration_ms', value: 'abc', raw: 'R2,Two,abc' }])
  })
})

describe('quotes', () => {
  it('follow RFC 4180 over several lines, which are counted', async () => {
    const { rows, files } = await stage(bench(), {
      'works.csv': lines('work_id,title', 'W1,"One, or', '""two""', '', 'three"', 'W2,Four'),
    })
    expect(pick(rows.works, 'line', 'title')).toEqual([
      [2, 'One, or\n"two"\n\nthree'],
      [6, 'Four'],
    ])
    expect(files[0]?.tally).toEqual({ header: 1, staged: 2, rejected: 0, continued: 3, blank: 0 })
  })

  it('are literal where a cell would swallow a line with the number of cells of the header', async () => {
    const { rows, findings, files } = await stage(bench(), {
      'works.csv': lines('work_id,title', 'W1,"One', 'W2,Two', 'W3,Three"'),
    })
    expect(pick(rows.works, 'line', 'title')).toEqual([
      [2, '"One'],
      [3, 'Two'],
      [4, 'Three"'],
    ])
    expect(files[0]?.tally.continued).toBe(0)
    expect(findings).toMatchObject([{ code: 'stray-quote', line: 2, occurrences: 1 }])
  })

  it('that are never closed, or closed before text, are literal', async () => {
    const { rows, findings } = await stage(bench(), {
      'works.csv': lines('work_id,title', 'W1,"One" more', 'W2,"Two', 'W3'),
    })
    expect(pick(rows.works, 'work_id', 'title')).toEqual([
      ['W1', '"One" more'],
      ['W2', '"Two'],
    ])
    expect(findings).toMatchObject([{ code: 'stray-quote', line: 2, occurrences: 2 }])
  })

  it('around two neighbouring records are taken at their word, and reported', async () => {
    const { rows, findings, files } = await stage(bench(), {
      'works.csv': lines('work_id,title,iswc', 'W1,"One,', 'W2,Two",', 'W3,Three,'),
    })
    expect(pick(rows.works, 'line', 'title')).toEqual([
      [2, 'One,\nW2,Two'],
      [4, 'Three'],
    ])
    expect(files[0]?.tally.continued).toBe(1)
    expect(findings).toMatchObject([{ code: 'suspect-quote', line: 2 }])
  })

  it('do not cost more than linear time when each line opens one', async () => {
    const rows = Array.from({ length: 40_000 }, (_, index) => `W${index},"x${index}`)
    const begun = performance.now()
    const { files } = await stage(bench(), { 'works.csv': lines('work_id,title', ...rows) })
    expect(files[0] && accounted(files[0].tally)).toBe(40_001)
    expect(performance.now() - begun).toBeLessThan(20_000)
  })
})

describe('odd bytes', () => {
  it('of a byte order mark, CRLF, blank lines and a missing last newline change nothing', async () => {
    const { rows, files } = await stage(bench(), {
      'works.csv': '\ufeffwork_id,title\r\nW1,One\r\n\r\nW2,Two',
      'parties.csv': '\ufeff"party_id",name\r\n"P1","A, B"\r\nP2,C',
    })
    expect(pick(rows.works, 'line', 'work_id', 'title')).toEqual([
      [2, 'W1', 'One'],
      [4, 'W2', 'Two'],
    ])
    expect(pick(rows.parties, 'line', 'party_id', 'name')).toEqual([
      [2, 'P1', 'A, B'],
      [3, 'P2', 'C'],
    ])
    expect(files.map(({ tally }) => tally)).toEqual([
      { header: 1, staged: 2, rejected: 0, continued: 0, blank: 1 },
      { header: 1, staged: 2, rejected: 0, continued: 0, blank: 0 },
    ])
  })

  it('of mixed line ends, lone carriage returns and NUL stay in their cells', async () => {
    const { rows, files } = await stage(bench(), {
      'works.csv': 'work_id,title\r\nW1,One\nW2,T\rwo\r\nW3,a\0b\n',
    })
    expect(pick(rows.works, 'work_id', 'title')).toEqual([
      ['W1', 'One'],
      ['W2', 'T\rwo'],
      ['W3', 'a\0b'],
    ])
    expect(files[0]?.tally.staged).toBe(3)
  })

  it('end the lines of a file that knows only carriage returns', async () => {
    const { rows, files } = await stage(bench(), { 'works.csv': 'work_id,title\rW1,One\rW2,Two\r' })
    expect(pick(rows.works, 'line', 'title')).toEqual([
      [2, 'One'],
      [3, 'Two'],
    ])
    expect(files[0]).toMatchObject({ lines: 3, tally: { header: 1, staged: 2 } })
  })

  it('that are not UTF-8 are read as Windows-1252 and reported once', async () => {
    const latin = Buffer.from('work_id,title\nW1,Beyonc\xe9\nW2,\x80 5 \x93x\x94\nW3,plain\n', 'latin1')
    const utf8 = Buffer.from('W4,\u00c5se\n')
    const { rows, findings } = await stage(bench(), { 'works.csv': Buffer.concat([latin, utf8]) })
    expect(pick(rows.works, 'title')).toEqual([['Beyonc\u00e9'], ['\u20ac 5 \u201cx\u201d'], ['plain'], ['\u00c5se']])
    expect(findings).toMatchObject([{ code: 'encoding', line: 2, occurrences: 2 }])
  })

  it('of UTF-16 are read, surrogate pairs and all', async () => {
    const text = '\ufeffwork_id,title\r\nW1,\ud83c\udfb5 \u591c\u306b\r\n'
    const big = Buffer.from(text, 'utf16le').swap16()
    const { rows } = await stage(bench(), { 'works.csv': Buffer.from(text, 'utf16le'), 'works.part2.csv': big })
    expect(pick(rows.works, 'file', 'line', 'title')).toEqual([
      [0, 2, '\ud83c\udfb5 \u591c\u306b'],
      [1, 2, '\ud83c\udfb5 \u591c\u306b'],
    ])
  })

  it('of a line of 100 MB cost that line alone', async () => {
    const long = Buffer.alloc(100_000_000, 'x')
    const { rows, rejects, files } = await stage(bench(), {
      'works.csv': Buffer.concat([Buffer.from('work_id,title\nW1,One\nW2,'), long, Buffer.from('\nW3,Three\n')]),
    })
    expect(pick(rows.works, 'line', 'title')).toEqual([
      [2, 'One'],
      [4, 'Three'],
    ])
    expect(rejects).toMatchObject([{ line: 3, reason: 'is a line of 100000003 bytes, too long for a row' }])
    expect(String(rejects[0]?.raw)).toHaveLength(10_000)
    expect(files[0] && accounted(files[0].tally)).toBe(4)
  })

  it('of every control character leave a text to separate cells with', async () => {
    const controls = String.fromCharCode(...Array.from({ length: 31 }, (_, index) => index + 1)).replace(
      /[\t\n\r]/g,
      '',
    )
    const { rows } = await stage(bench(), { 'works.csv': `work_id,title\nW1,"a${controls}\n,b"\n` })
    expect(pick(rows.works, 'title')).toEqual([[`a${controls}\n,b`]])
  })
})

describe('headers', () => {
  it('match whatever their case and blanks; unknown columns are kept and told once', async () => {
    const { rows, findings } = await stage(bench(), {
      'works.csv': lines(' Title ,WORK_ID,mood,key', 'One,W1,happy,', 'Two,W2,,'),
    })
    expect(pick(rows.works, 'work_id', 'title', 'extra')).toEqual([
      ['W1', 'One', '{"mood":"happy"}'],
      ['W2', 'Two', null],
    ])
    expect(findings).toMatchObject([{ code: 'unknown-column', value: 'mood, key' }])
  })

  it('alone say that the relation is empty', async () => {
    const { rows, files } = await stage(bench(), { 'works.csv': 'work_id,title' })
    expect(rows.works).toEqual([])
    expect(files[0]).toMatchObject({ partial: false, tally: { header: 1, staged: 0 } })
  })

  it.each([
    ['no byte', '', 'empty-file'],
    ['a column twice', 'work_id,title,Title\n', 'duplicate-column'],
    ['no title', 'work_id,titel\nW1,One\n', 'missing-column'],
    ['blank lines', '\n\n', 'empty-file'],
  ])('of %s are refused', async (_, text, code) => {
    expect(await failure(stage(bench(), { 'works.csv': text }))).toMatchObject({ code })
  })

  it('that lack a column name the nearest one', async () => {
    const error = await failure(stage(bench(), { 'works.csv': 'work_id,titel\nW1,One\n' }))
    expect((error as InputError).suggestions[0]).toContain('"titel"')
  })

  it('tell the relation and the delimiter of a file with another name', async () => {
    const { rows, files } = await stage(bench(), {
      'export.txt': lines('party_id;name;note', 'P1;Doe, Jane;a|b'),
      dump: lines('work_id|title', 'W1|a, b; c'),
    })
    expect(pick(rows.parties, 'name')).toEqual([['Doe, Jane']])
    expect(pick(rows.works, 'title')).toEqual([['a, b; c']])
    expect(files).toHaveLength(2)
  })
})

describe('operations', () => {
  const text = lines('work_id,title,op', 'W1,One,', 'W2,,delete', 'W3,Three,upsert', 'W4,Four,drop')

  it('count in a delta', async () => {
    const { rows, rejects } = await stage(bench(), { 'works.csv': text }, { scope: 'delta' })
    expect(pick(rows.works, 'work_id', 'op')).toEqual([
      ['W1', null],
      ['W2', 'delete'],
      ['W3', null],
    ])
    expect(rejects).toMatchObject([{ line: 5, reason: 'op is not create, update, upsert or delete: drop' }])
  })

  it('are an unknown column of a full snapshot', async () => {
    const { rows, rejects, findings } = await stage(bench(), { 'works.csv': text })
    expect(pick(rows.works, 'work_id', 'op', 'extra')).toEqual([
      ['W1', null, null],
      ['W3', null, '{"op":"upsert"}'],
      ['W4', null, '{"op":"drop"}'],
    ])
    expect(rejects).toMatchObject([{ line: 3, reason: 'title is missing' }])
    expect(findings).toMatchObject([{ code: 'unknown-column', value: 'op' }])
  })
})

describe('a cut file', () => {
  it.each([
    ['in the middle of a row', 'work_id,title\nW1,One\nW2', true],
    ['in the middle of a quoted cell', 'work_id,title,iswc\n"W1","One",\n"W2","Tw', true],
    ['after a whole row', 'work_id,title\nW1,One\nW2,Two', false],
  ])('%s is seen', async (_, text, partial) => {
    const { files, findings } = await stage(bench(), { 'works.csv': text })
    expect(files[0]?.partial).toBe(partial)
    expect(findings.some(({ code }) => code === 'truncated')).toBe(partial)
  })

  it('in a date is seen by its type', async () => {
    const { files } = await stage(bench(), {
      'usage.csv': 'recording_id,territory,streams,period\nR1,US,5,2019-06-01\nR2,US,7,2019-0',
    })
    expect(files[0]?.partial).toBe(true)
  })
})

it('every line is accounted for under random damage', { timeout: 180_000 }, async () => {
  const base = lines('work_id,title,iswc', 'W1,One,', 'W2,"Two, too",', 'W3,"Th""ree",x', '', 'W4,"Fo\nur",')
  const damage = fc.record({
    at: fc.nat(base.length),
    cut: fc.nat(3),
    put: fc.constantFrom('', '"', '""', ',', '\n', '\r', '\r\n', '\0', '\x1f', '"\n', ',"'),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(damage, { minLength: 1, maxLength: 4 }), fc.boolean(), async (damages, foreign) => {
      let text = base
      for (const { at, cut, put } of damages) text = text.slice(0, at) + put + text.slice(at + cut)
      // The header stays: without it there is no table to account for.
      const whole = `work_id,title,iswc\n${text.slice(text.indexOf('\n') + 1)}${foreign ? 'W\u00ff,x,' : ''}`
      const on = bench()
      const { files, rows, rejects } = await stage(on, { 'works.csv': Buffer.from(whole, 'latin1') })
      const [file] = files
      expect(file && accounted(file.tally)).toBe(whole.split('\n').length - (whole.endsWith('\n') ? 1 : 0))
      expect(rows.works?.length).toBe(file?.tally.staged)
      expect(rejects.length).toBe(file?.tally.rejected)
    }),
    runs(50),
  )
})
