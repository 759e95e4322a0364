import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { looksLikeErn } from '../../../src/ingest/ern/index.js'
import {
  createdInstant,
  durationMs,
  exclusiveEndOfDate,
  exclusiveEndOfDateTime,
} from '../../../src/ingest/ern/values.js'
import fc from '../../support/property.js'
import { accounted, DATA, hasData, message, read, recording3 } from './kit.js'

describe('records counted without a parser', () => {
  it.each([
    ['the message alone', '', 1],
    [
      'children of lists, whatever their name',
      '<PartyList><Party/></PartyList><AnyList><Thing a="/>"/><Thing></Thing></AnyList>',
      4,
    ],
    [
      'not what is deeper or outside lists',
      '<ResourceList><A><ReleaseList><Release/></ReleaseList></A></ResourceList><Other><Release/></Other>',
      2,
    ],
    [
      'not comments, CDATA and instructions',
      '<DealList><!-- <ReleaseDeal/> --><?x <ReleaseDeal/> ?><ReleaseDeal><![CDATA[</DealList>]]></ReleaseDeal></DealList>',
      2,
    ],
    ['purged releases', '<PurgedRelease/><PurgedRelease><ReleaseId/></PurgedRelease>', 3],
    ['`>` in attribute values', `<DealList><ReleaseDeal a='>' b=">"><Deal/></ReleaseDeal></DealList>`, 2],
  ])('%s', async (_, more, expected) => {
    const { message: found, counted } = await read(message({ more }))
    expect(counted).toBe(expected)
    expect(accounted(found)).toBe(expected)
  })

  it('is the same however the bytes are cut', async () => {
    const content = message({
      resources: `<!-- a --><![CDATA[ ]]>${recording3('A1', 'GBAAA9900303', 'Für <![CDATA[<x>]]>')}<Image\n/>`,
      prolog: '<?xml version="1.0"?><!-- <PurgedRelease> -->\r\n',
    })
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 40 }), async (size) => {
        const { message: found, counted, said } = await read(content, 'message.xml', size)
        expect([counted, accounted(found)]).toEqual([3, 3])
        expect(said.of('recordings')[0]?.place.line).toBe(2)
      }),
      { numRuns: 15 },
    )
  })
})

describe('any file', () => {
  const seed = Buffer.from(
    message({
      resources: recording3('A1', 'GBAAA9900303') + recording3('A2', 'USS1Z1412345', 'x', '<Duration>PT1S</Duration>'),
      releases: '<Release><ReleaseReference>R0</ReleaseReference><ReleaseId><ICPN>1</ICPN></ReleaseId></Release>',
      deals: '<ReleaseDeal><DealReleaseReference>R0</DealReleaseReference><Deal><DealTerms/></Deal></ReleaseDeal>',
    }),
  )
  const edit = fc.record({
    at: fc.nat(seed.length - 1),
    remove: fc.nat(12),
    insert: fc.oneof(
      fc.uint8Array({ maxLength: 4 }).map((bytes) => Buffer.from(bytes)),
      fc
        .constantFrom('<', '>', '</', '/>', '<!--', '-->', '<![CDATA[', ']]>', '&', '"', '<x>', '</Deal>', '<?', '<!')
        .map((text) => Buffer.from(text)),
    ),
  })

  it('is accounted for record by record, and half a message says nothing', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(edit, { minLength: 1, maxLength: 3 }),
        fc.integer({ min: 1, max: 2000 }),
        async (edits, size) => {
          let bytes = seed
          for (const { at, remove, insert } of edits) {
            bytes = Buffer.concat([bytes.subarray(0, at), insert, bytes.subarray(at + remove)])
          }
          const { message: found, said, counted } = await read(bytes, 'mutated.xml', size)
          expect(accounted(found)).toBe(counted)
          if (!found.refused) return
          expect(said.rows).toEqual([])
          expect(said.rejects).toHaveLength(counted)
          expect(found.tally.rejected).toBe(counted)
        },
      ),
      { numRuns: 250 },
    )
  })
})

describe('telling an ERN message from its head', () => {
  it.each([
    ['plain', Buffer.from(message()), true],
    [
      'comments and a byte order mark',
      Buffer.from(`\ufeff<!-- <a> --> <?x y?>\n${message({ prolog: '<!-- b -->' })}`),
      true,
    ],
    ['UTF-16', Buffer.from(`\ufeff${message({ prolog: '' })}`, 'utf16le'), true],
    ['a purge', Buffer.from(message({ root: 'PurgeReleaseMessage' })), true],
    [
      '3.3 namespace',
      Buffer.from('<e:NewReleaseMessage a="b" xmlns:e=\'http://ddex.net/xml/2011/ern-main/33\'>'),
      true,
    ],
    ['a version to be refused later', Buffer.from(message({ version: '99' })), true],
    ['another DDEX standard', Buffer.from('<m:MeadMessage xmlns:m="http://ddex.net/xml/mead/101">'), false],
    ['the name in another namespace', Buffer.from('<m:NewReleaseMessage xmlns:m="http://example.org/">'), false],
    ['text', Buffer.from('recording_id,title\n1,NewReleaseMessage'), false],
    ['nothing', Buffer.alloc(0), false],
  ])('%s', (_, head, expected) => expect(looksLikeErn(head)).toBe(expected))

  it.skipIf(!hasData)('a sample whose root tag is broken is still taken for ERN, to be refused with words', () => {
    expect(looksLikeErn(readFileSync(`${DATA}/ern382/Profile_TVSeries_FimBundle.xml`).subarray(0, 4096))).toBe(true)
    expect(looksLikeErn(readFileSync(`${DATA}/xml_attack/billion-laughs.xml`))).toBe(false)
  })
})

describe('values', () => {
  it.each([
    ['PT3M45S', '225000'],
    ['PT0H3M8S', '188000'],
    ['PT5M7.000S', '307000'],
    ['P1DT1S', '86401000'],
    ['PT0.0005S', '1'],
    ['PT0.0004S', '0'],
    ['P0Y0M1D', '86400000'],
    ['P1M', null],
    ['-PT1S', null],
    ['PT', null],
    ['P', null],
    ['3:45', null],
  ])('duration %s is %s ms', (text, expected) => expect(durationMs(text)).toBe(expected))

  it('message dates become UTC; a missing zone is assumed and told', () => {
    expect(createdInstant('2014-09-24T14:57:25+01:00')).toEqual({ instant: '2014-09-24T13:57:25Z', zoneAssumed: false })
    expect(createdInstant('2010-07-23T00:00:00')).toEqual({ instant: '2010-07-23T00:00:00Z', zoneAssumed: true })
    expect(createdInstant('2010-07-23')).toEqual({ instant: '2010-07-23T00:00:00Z', zoneAssumed: true })
    expect(createdInstant('yesterday')).toBeNull()
  })

  it('ends cross months and leap days; what is no full date stays as it is', () => {
    expect(exclusiveEndOfDate('2020-02-28')).toBe('2020-02-29')
    expect(exclusiveEndOfDate('2019-02-28')).toBe('2019-03-01')
    expect(exclusiveEndOfDate('2019-13-01')).toBe('2019-13-01')
    expect(exclusiveEndOfDateTime('2019-12-31T00:00:00.000+02:00')).toBe('2019-12-31')
    expect(exclusiveEndOfDateTime('2019-12-31T00:00:01Z')).toBe('2020-01-01')
  })
})
