import { createHash } from 'node:crypto'
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { ZipFile } from 'yazl'
import { FactsCounter, fileFacts } from '../../../src/ingest/files/facts.js'
import { folderFiles, type UnpackedFile, type UnpackOptions, unpack } from '../../../src/ingest/files/index.js'
import fc from '../../support/property.js'
import { temporaryFolder } from '../../support/workspaces.js'

const sha256 = (content: string | Buffer): string => createHash('sha256').update(content).digest('hex')

function zip(members: Readonly<Record<string, string | Buffer>>): Promise<Buffer> {
  const file = new ZipFile()
  for (const [name, content] of Object.entries(members)) file.addBuffer(Buffer.from(content), name)
  file.end()
  return new Promise((resolve) => {
    const pieces: Buffer[] = []
    file.outputStream.on('data', (piece: Buffer) => pieces.push(piece))
    file.outputStream.on('end', () => resolve(Buffer.concat(pieces)))
  })
}

async function unpacked(name: string, content: Buffer, options: UnpackOptions = {}): Promise<UnpackedFile[]> {
  const folder = temporaryFolder()
  writeFileSync(join(folder, name), content)
  const files: UnpackedFile[] = []
  for await (const file of unpack(join(folder, name), folder, options)) files.push(file)
  return files
}

const failure = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => undefined,
    (reason: unknown) => reason,
  )

describe('facts', () => {
  it('describe the bytes', async () => {
    const path = join(temporaryFolder(), 'x')
    writeFileSync(path, 'ab\r\n"c"\r\n\r\nl\0ng\rer')
    expect(await fileFacts(path)).toEqual({
      bytes: 18,
      sha256: sha256('ab\r\n"c"\r\n\r\nl\0ng\rer'),
      // The third line: CRLF by itself.
      emptyLines: 1,
      lines: 4,
      longestLine: 7,
      isUtf8: true,
      hasCarriageReturn: true,
      hasNul: true,
      hasQuote: true,
      endsWithNewline: false,
      loneCarriageReturns: 1,
      carriageReturnLineFeeds: 3,
      endsWithReturn: false,
    })
  })

  it('do not depend on where the pieces are cut', () => {
    const piece = fc.constantFrom('a', '\n', '\r', '\r\n', '\u00e9', '\u591c', '\ud83c\udfb5', '"')
    const bad = fc.constantFrom(Buffer.from([0xff]), Buffer.from([0xe5, 0xa4]), Buffer.from([0xf0, 0x9f]))
    const bytes = fc
      .tuple(fc.array(piece, { maxLength: 20 }), fc.option(bad))
      .map(([pieces, odd]) => Buffer.concat([Buffer.from(pieces.join('')), odd ?? Buffer.alloc(0)]))
    fc.assert(
      fc.property(bytes, fc.array(fc.nat(60), { maxLength: 8 }), (content, cuts) => {
        const whole = new FactsCounter()
        whole.push(content)
        const parts = new FactsCounter()
        const places = [0, ...cuts.map((cut) => Math.min(cut, content.length)).sort((a, b) => a - b), content.length]
        for (const [index, place] of places.entries()) parts.push(content.subarray(places[index - 1] ?? 0, place))
        const expected = whole.end()
        expect(parts.end()).toEqual(expected)
        let isUtf8 = true
        try {
          new TextDecoder('utf-8', { fatal: true }).decode(content)
        } catch {
          isUtf8 = false
        }
        expect(expected.isUtf8).toBe(isUtf8)
      }),
      { numRuns: 150 },
    )
  })
})

describe('gzip', () => {
  const text = 'work_id,title\n'.repeat(20_000)
  const packed = gzipSync(text)

  it('is known by its bytes; the delivered bytes are what is hashed', async () => {
    const [file] = await unpacked('works.csv', packed)
    expect(file?.source).toMatchObject({ name: 'works.csv', sha256: sha256(packed), bytes: packed.length })
    expect(file?.facts).toMatchObject({ bytes: text.length, lines: 20_000, sha256: sha256(packed) })
  })

  it('of several members is read to the end', async () => {
    const [file] = await unpacked('x.gz', Buffer.concat([gzipSync('a\n'), gzipSync('b\n')]))
    expect(await readFile(file?.source.path ?? '', 'utf8')).toBe('a\nb\n')
  })

  it.each([
    ['cut', packed.subarray(0, Math.floor(packed.length * 0.6))],
    ['with a wrong check sum', Buffer.concat([packed.subarray(0, -8), Buffer.alloc(4), packed.subarray(-4)])],
    ['followed by something else', Buffer.concat([packed, Buffer.from('and more')])],
  ])('%s is refused', async (_, content) => {
    expect(await failure(unpacked('works.csv.gz', content))).toMatchObject({
      code: 'damaged',
      exitCode: 3,
      details: { file: 'works.csv.gz' },
    })
  })

  it('that unpacks beyond the limit is refused, unless the limit is lifted', async () => {
    const bomb = gzipSync(Buffer.alloc(110_000_000))
    expect(await failure(unpacked('bomb.gz', bomb))).toMatchObject({ code: 'unpack-limit' })
    const [file] = await unpacked('bomb.gz', bomb, { limits: { ratio: Number.POSITIVE_INFINITY } })
    expect(file?.facts.bytes).toBe(110_000_000)
  })

  it('needs room on the disk', async () => {
    const limits = { keepFree: Number.MAX_SAFE_INTEGER, ratio: Number.POSITIVE_INFINITY }
    const big = gzipSync(Buffer.alloc(70_000_000))
    expect(await failure(unpacked('big.gz', big, { limits }))).toMatchObject({ code: 'disk-full' })
  })
})

describe('zip', () => {
  it('gives its members with their own hashes; litter is left out', async () => {
    const archive = await zip({
      'a/works.csv': 'x\n',
      'b.csv.gz': gzipSync('y\n'),
      '__MACOSX/a/._works.csv': 'junk',
      'a/.DS_Store': 'junk',
    })
    const files = await unpacked('dump.zip', archive)
    expect(files.map(({ source }) => source.name)).toEqual(['dump.zip/a/works.csv', 'dump.zip/b.csv.gz'])
    expect(files[0]?.source).toMatchObject({ sha256: sha256('x\n'), bytes: 2 })
    expect(files[1]?.source.sha256).toBe(sha256(gzipSync('y\n')))
    expect(files[1]?.facts.bytes).toBe(2)
  })

  /** Members under a name of the same length, which the writer itself would refuse. */
  const renamed = async (name: string): Promise<Buffer> => {
    const honest = 'x'.repeat(name.length)
    const archive = await zip({ [honest]: 'content\n' })
    return Buffer.from(archive.toString('latin1').replaceAll(honest, name), 'latin1')
  }

  it.each(['../outside.csv', '/etc/absolute.csv', 'a\\..\\b.csv', 'a/../../b.csv'])(
    'with a member %s is refused',
    async (name) => {
      expect(await failure(unpacked('dump.zip', await renamed(name)))).toMatchObject({
        code: 'unsafe-name',
        exitCode: 3,
      })
    },
  )

  it('that is damaged, cut or nested is refused', async () => {
    const content = Array.from({ length: 2000 }, (_, index) => `line ${index}`).join('\n')
    const archive = await zip({ 'works.csv': content })
    const flipped = Buffer.from(archive)
    flipped.writeUInt8(flipped.readUInt8(60) ^ 0xff, 60)
    for (const broken of [archive.subarray(0, archive.length - 30), flipped]) {
      expect(await failure(unpacked('dump.zip', broken))).toMatchObject({ code: 'damaged' })
    }
    const nested = await zip({ 'inner.zip': archive })
    expect(await failure(unpacked('dump.zip', nested))).toMatchObject({ code: 'nested-archive' })
  })

  it('whose CRC does not match is refused', async () => {
    const archive = await zip({ 'works.csv': 'x\n' })
    const central = archive.lastIndexOf(Buffer.from('PK\x01\x02', 'latin1'))
    archive.writeUInt32LE((archive.readUInt32LE(central + 16) ^ 1) >>> 0, central + 16)
    expect(await failure(unpacked('dump.zip', archive))).toMatchObject({ code: 'damaged' })
  })

  it('that is a bomb is refused', async () => {
    const archive = await zip({ 'works.csv': Buffer.alloc(110_000_000) })
    expect(await failure(unpacked('dump.zip', archive))).toMatchObject({ code: 'unpack-limit' })
  })
})

describe('folders', () => {
  it('are walked in the order of their names, without litter and without links inside', async () => {
    const folder = temporaryFolder()
    mkdirSync(join(folder, 'b', '__MACOSX'), { recursive: true })
    for (const name of ['b/works.csv', 'c.csv', 'B.csv', '.hidden', 'b/__MACOSX/x'])
      writeFileSync(join(folder, name), 'x')
    symlinkSync(join(folder, 'c.csv'), join(folder, 'link.csv'))
    expect((await folderFiles(folder)).map(({ name }) => name)).toEqual(['B.csv', 'b/works.csv', 'c.csv'])
  })

  it('with a link to the outside are refused', async () => {
    const folder = temporaryFolder()
    symlinkSync('/etc/hostname', join(folder, 'works.csv'))
    expect(await failure(folderFiles(folder))).toMatchObject({ code: 'unsafe-name' })
  })
})
