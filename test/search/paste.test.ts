/** Lists of works: columns recognised, lines matched, with what speaks for each candidate. */
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { matchList } from '../../src/search/index.js'
import { columnsOf } from '../../src/search/paste/columns.js'
import { type IndexedEvidence, indexedEvidence } from './kit.js'

describe('columns', () => {
  it.each<[string, string[][], (string | null)[]]>([
    ['English', [['Work Title', 'Writers', 'ISWC']], ['title', 'names', 'identifier']],
    ['German, another order', [['ISWC', 'Notiz', 'Komponist', 'Werktitel']], ['identifier', null, 'names', 'title']],
    ['French with accents', [['Titre', 'Compositeur', 'Éditeur']], ['title', 'names', 'names']],
    ['Spanish', [['TÍTULO', 'Autores', 'isrc']], ['title', 'names', 'identifier']],
    ['Japanese', [['曲名', '作曲者']], ['title', 'names']],
    [
      'no headings',
      [
        ['Love', 'Ann Marlowe', 'T-034.524.680-1'],
        ['Other', 'Somebody', ''],
      ],
      ['title', 'names', 'identifier'],
    ],
    [
      'numbers only',
      [
        ['1', '2'],
        ['3', '4'],
      ],
      [null, null],
    ],
  ])('%s', (_, rows, roles) => {
    expect(columnsOf(rows).roles).toEqual(roles)
  })
})

describe('lines', () => {
  let indexed: IndexedEvidence
  beforeAll(async () => {
    indexed = await indexedEvidence([
      {
        rows: [
          { relation: 'works', values: { work_id: 'w1', title: 'Sixty Days of Fog', iswc: 'T0345246801' } },
          { relation: 'works', values: { work_id: 'w2', title: 'Sixty Days of Fog' } },
          { relation: 'works', values: { work_id: 'w3', title: 'Paper Comet' } },
          { relation: 'parties', values: { party_id: 'a', name: 'Ann Marlowe' } },
          { relation: 'parties', values: { party_id: 'b', name: 'Bruno Falk' } },
          ...[
            ['w1', 'a'],
            ['w2', 'b'],
            ['w3', 'b'],
          ].map(([work_id = '', party_id = '']) => ({
            relation: 'shares' as const,
            values: { work_id, party_id, share: '100', share_kind: 'ownership', right: 'mech', role: 'writer' },
          })),
        ],
      },
    ])
  })
  afterAll(() => indexed.close())

  async function matched(text: string) {
    const file = path.join(indexed.evidence.folder, 'list.csv')
    writeFileSync(file, text)
    const { lines } = await matchList(indexed.index, { path: file, name: 'list.csv', limit: 3 })
    return lines.map(({ given, candidates }) => [
      given.line,
      ...candidates.map(({ hit, score, why }) => `${hit.id} ${score} ${why.join('; ')}`),
    ])
  }

  it('tell namesakes apart by the writer', async () => {
    expect(await matched('title;writer\nSixty Days of Fog;Marlowe\nSIXTY DAYS OF FOG;Falk, Bruno\n')).toEqual([
      // 0.65 for the title and 0.35 for the names.
      [2, 'T0345246801 1 title equal; names equal', 'w2 0.65 title equal; names different'],
      [3, 'w2 1 title equal; names equal', 'T0345246801 0.65 title equal; names different'],
    ])
  })

  it('go by an identifier first, and say where the title contradicts it', async () => {
    expect(await matched('iswc,title\nT-034.524.680-1,Paper Comet\n')).toEqual([
      [2, 'T0345246801 1 ISWC equal; title different', 'w3 0.85 title equal'],
    ])
  })

  it('keep their numbers in the file, and say where nothing comes near', async () => {
    expect(await matched('title\twriter\r\n\r\nNo Such Thing\tNobody\r\n"Paper\nComet"\tFalk\r\n')).toEqual([
      [3],
      [4, 'w3 1 title equal; names equal'],
    ])
  })

  it.each([
    ['', 'empty-file'],
    ['1,2\n3,4\n', 'no-columns'],
  ])('%j is refused', async (text, code) => {
    await expect(matched(text)).rejects.toMatchObject({ code })
  })
})
