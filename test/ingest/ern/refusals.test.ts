import { describe, expect, it } from 'vitest'
import { accounted, deal, hasData, message, read, readSample, recording3, release3 } from './kit.js'

const good = message({
  resources: recording3('A1', 'GBAAA9900303', 'Für Elise'),
  releases: release3('R0', '<ICPN>602547288233</ICPN>', ['A1']),
  deals: deal(['R0'], '<TerritoryCode>DE</TerritoryCode>'),
})

async function refusal(content: string | Buffer) {
  const found = await read(content)
  expect(found.message.refused).toBe(true)
  expect(found.said.rows).toEqual([])
  // The message itself and every record in it, all for the same reason.
  expect(found.said.rejects).toHaveLength(found.counted)
  expect(new Set(found.said.rejects.map(({ reason }) => reason)).size).toBe(1)
  expect(found.message.tally).toEqual({ header: 0, staged: 0, rejected: found.counted, continued: 0, blank: 0 })
  return found.said.rejects[0]
}

describe('what is refused as a whole', () => {
  it('entity expansion', async () => {
    const doctype = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'
    expect(await refusal(message({ prolog: doctype }))).toMatchObject({ reason: expect.stringContaining('(doctype)') })
  })

  it('an external entity, before its address is ever looked at', async () => {
    const prolog = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
    const content = message({ prolog, resources: recording3('A1', 'GBAAA9900303', '&e;') })
    expect((await refusal(content))?.reason).toContain('(doctype)')
  })

  it.skipIf(!hasData)('the billion laughs sample', async () => {
    const { message: found, said } = await readSample('xml_attack/billion-laughs.xml')
    expect(found.refused).toBe(true)
    expect(said.rejects[0]?.reason).toContain('(doctype)')
  })

  it('an entity that is not one of the five', async () => {
    const reject = await refusal(message({ resources: recording3('A1', 'GBAAA9900303', '&nbsp;') }))
    expect(reject?.reason).toContain('undefined entity')
  })

  it('lists the message and each of its records, with line and text, in pieces of any size', async () => {
    const records = [recording3('A1', 'GBAAA9900303'), recording3('A2', 'GBAAA9900304', 'One\r\nTwo')]
    const release = release3('R0', '<ICPN>602547288233</ICPN>', ['A1'])
    const content = message({
      resources: `\n<!-- <a> -->\r${records[0]}\r\n${records[1]}<Image/>`,
      releases: release,
      deals: `\n<ReleaseDeal\n x="/>"><Deal/></ReleaseDeal>`,
      more: `<PurgedRelease>\n</PurgedRelease></Nope>`,
    })
    for (const size of [content.length, 1, 7]) {
      const { said, counted } = await read(content, 'message.xml', size)
      // Lines end with LF, CR or both: 1 declaration, 2 root, 3 comment, 4 A1, 5 and 6 A2, 7 the deal's tag, 8 its rest.
      expect(said.rejects.map(({ line, raw }) => [line, raw])).toEqual([
        [9, expect.stringMatching(/^<\/PurgedRelease><\/Nope>/)],
        [4, records[0]],
        [5, records[1]],
        [6, '<Image/>'],
        [6, release],
        [7, '<ReleaseDeal\n x="/>"><Deal/></ReleaseDeal>'],
        [8, '<PurgedRelease>\n</PurgedRelease>'],
      ])
      expect(counted).toBe(7)
    }
  })

  it('keeps the start of a long record, and of one that the file ends in', async () => {
    const long = recording3('A1', 'GBAAA9900303', 'x'.repeat(50_000))
    const { said } = await read(message({ resources: `${long}<Video><Title>never` }).slice(0, -39), 'message.xml', 999)
    expect(said.rejects.map(({ raw }) => raw.slice(0, 7))).toEqual([expect.any(String), '<SoundR', '<Video>'])
    expect(said.rejects.slice(1).map(({ raw }) => raw.length <= 10_000)).toEqual([true, true])
    expect(said.rejects[1]?.raw).toBe(long.slice(0, 10_000))
    expect(said.rejects[2]?.raw).toBe('<Video><Title>never')
  })

  it('a break in the middle: the half before it does not act', async () => {
    const content = `${message({ resources: `\n${recording3('A1', 'GBAAA9900303')}\n<SoundRecording></Video>` })}`
    // Line 1 is the declaration, line 2 the header, line 3 the good recording, line 4 the break.
    expect(await refusal(content)).toMatchObject({
      line: 4,
      reason: expect.stringMatching(/at message\.xml, line 4, column \d+: not well-formed XML: unexpected close tag/),
      raw: expect.stringMatching(/^<SoundRecording><\/Video>/),
    })
  })

  it('a file that ends too early, at every tenth of its length', async () => {
    for (let tenth = 0; tenth < 10; tenth++) await refusal(good.slice(0, Math.floor((good.length * tenth) / 10)))
  })

  it('nesting beyond 200, quickly', async () => {
    const deep = '<x>'.repeat(100_000)
    expect((await refusal(message({ resources: deep })))?.reason).toContain('nested deeper than 200')
    const bearable = `<SoundRecording>${'<x>'.repeat(190)}${'</x>'.repeat(190)}</SoundRecording>`
    expect((await read(message({ resources: bearable }))).message.refused).toBe(false)
  })

  it('a single text beyond 4 Mi characters', async () => {
    const title = 'x'.repeat(4 * 1024 * 1024 + 200_000)
    expect((await refusal(message({ resources: recording3('A1', 'GBAAA9900303', title) })))?.reason).toContain(
      'too-large',
    )
  })

  it('versions we do not know, other DDEX messages, other XML', async () => {
    expect((await refusal(message({ version: '50' })))?.reason).toContain('ERN version 5.0')
    expect((await refusal(message({ root: 'CatalogListMessage' })))?.reason).toContain('type CatalogListMessage')
    expect((await refusal('<NewReleaseMessage/>'))?.reason).toContain('no DDEX ERN message')
    expect((await refusal('no xml at all'))?.reason).toContain('line 1, column')
    await refusal('')
  })

  it('bytes that do not fit the encoding, with the line they are on', async () => {
    const [before, after] = good.split('Für Elise')
    const content = Buffer.concat([
      Buffer.from(`${before}\n`),
      Buffer.from([0x46, 0xfc, 0x72]),
      Buffer.from(after ?? ''),
    ])
    expect(await refusal(content)).toMatchObject({ line: 3, reason: expect.stringContaining('not UTF-8') })
  })

  it('an encoding nobody knows', async () => {
    expect((await refusal(good.replace('UTF-8', 'EBCDIC-XYZ')))?.reason).toContain('EBCDIC-XYZ')
  })
})

describe('encodings that are read', () => {
  const utf16be = (text: string) => Buffer.from(text, 'utf16le').swap16()
  const cases: [string, Buffer][] = [
    ['UTF-8', Buffer.from(good)],
    ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${good}`)],
    ['UTF-16LE with a byte order mark', Buffer.from(`\ufeff${good.replace('UTF-8', 'UTF-16')}`, 'utf16le')],
    ['UTF-16BE with a byte order mark', utf16be(`\ufeff${good.replace('UTF-8', 'UTF-16')}`)],
    ['UTF-16LE without one', Buffer.from(good.replace('UTF-8', 'UTF-16'), 'utf16le')],
    ['ISO-8859-1 by declaration', Buffer.from(good.replace('UTF-8', 'ISO-8859-1'), 'latin1')],
    ['UTF-8 that calls itself UTF-16', Buffer.from(good.replace('UTF-8', 'utf-16'))],
    ['no declaration', Buffer.from(good.slice(good.indexOf('?>') + 2))],
  ]

  it.each(cases)('%s, in one piece and byte by byte', async (_, bytes) => {
    for (const size of [bytes.length, 1, 7]) {
      const { message: found, said, counted } = await read(bytes, 'message.xml', size)
      expect(found.refused).toBe(false)
      expect(said.column('recordings', 'title')).toEqual(['Für Elise'])
      // The message, a recording, a release, a deal.
      expect([accounted(found), counted]).toEqual([4, 4])
    }
  })
})
