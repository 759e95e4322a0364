/** The page and the picture of a timeline, read by an XML parser. */
import { SaxesParser, type SaxesTagPlain } from 'saxes'
import { describe, expect, it } from 'vitest'
import { BUCKETS, timelineHtml, timelineSvg } from '../../src/report/index.js'
import { withWorks } from '../ui/timeline/story.js'
import { hostile, storyReport } from './story.js'

interface Element {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly text: string
}

/** All elements with the text directly in them; throws for anything that is not well-formed XML. */
function elementsOf(xml: string): Element[] {
  const open: { tag: SaxesTagPlain; text: string }[] = []
  const elements: Element[] = []
  const parser = new SaxesParser()
  parser.on('error', (error) => {
    throw error
  })
  parser.on('opentag', (tag) => open.push({ tag, text: '' }))
  parser.on('text', (text) => {
    const last = open.at(-1)
    if (last !== undefined) last.text += text
  })
  parser.on('closetag', () => {
    const last = open.pop()
    if (last !== undefined) elements.push({ name: last.tag.name, attributes: last.tag.attributes, text: last.text })
  })
  parser.write(xml).close()
  return elements
}

/** The page as XML: its void elements closed. */
const pageAsXml = (html: string): string =>
  html
    .replace('<!DOCTYPE html>', '')
    .replace(/<(meta|br)\b([^>]*)>/g, '<$1$2/>')
    .replace(/<(script|style)>[\s\S]*?<\/\1>/g, '<$1/>')

const svg = (document = storyReport()) => elementsOf(timelineSvg(document))
const page = (document = storyReport()) => elementsOf(pageAsXml(timelineHtml(document)))
const texts = (elements: readonly Element[], name: string) =>
  elements.filter((element) => element.name === name).map(({ text }) => text)

describe('the picture', () => {
  it('is well-formed, and the same bytes twice', () => {
    expect(svg().at(-1)?.name).toBe('svg')
    expect(timelineSvg(storyReport())).toBe(timelineSvg(storyReport()))
  })

  it('stacks each stretch by its buckets, over the days that it lasts', () => {
    // 1150 days on 838 units from 150 on. The last stretch begins on day 970; of 56 units 60 % are 33.6, 40 % are 22.4.
    const left = 150 + (970 * 838) / 1150
    const boxes = svg().filter(({ name, attributes }) => name === 'rect' && Number(attributes.x) > left - 1)
    const last = boxes.filter(
      ({ attributes }) => Math.abs(Number(attributes.x) - left) < 0.01 && attributes.fill !== undefined,
    )
    expect(last.map(({ attributes: { fill, height } }) => [fill, height])).toEqual([
      ['url(#fill-licensed)', '33.6'],
      ['url(#fill-unknown)', '22.4'],
    ])
    for (const { attributes } of last) expect(Number(attributes.width)).toBeCloseTo(150 + 838 - left, 1)
  })

  it('has a pattern for each bucket: no two are told apart by colour alone', () => {
    const patterns = svg().filter(({ name }) => name === 'pattern')
    expect(patterns.map(({ attributes }) => attributes.id).sort()).toEqual(BUCKETS.map((name) => `fill-${name}`).sort())
    const tiles = timelineSvg(storyReport()).match(/<pattern[\s\S]*?<\/pattern>/g) ?? []
    const shapes = tiles.map((tile) => tile.replace(/ id="[^"]*"| (?:fill|stroke)="[^"]*"/g, ''))
    expect(new Set(shapes).size).toBe(BUCKETS.length)
  })

  it('names every figure with its source, and every file with its digest', () => {
    const lines = texts(svg(), 'text')
    expect(lines).toContain(
      '  2018-01-01 to 2020-01-01: licensed 100 %; fully licensed; rests on 2020-01-01/licences.csv:4, 2020-01-01/links.csv:4',
    )
    expect(lines).toContain('     streamland/rights: licence ends, LIC-G1 [2020-01-01/licences.csv:4]')
    const all = lines.join(' ')
    expect(all).toMatch(/2020-01-01\/links\.csv: streamland\/rights, published 2020-01-01, received 2020-01-02/)
    expect(all).toContain('95a50dbbeaf114444a693f6b99c24ca07aaf3a92a23d98a35ea297acf13d055d')
    expect(all).toContain('recital 1.2.3: recital timeline ZZRCL1800003 --territory FR --known 2022-04-11')
  })

  it('shows works by themselves where there are several', () => {
    expect(texts(svg(storyReport(withWorks())), 'title')).toEqual(expect.arrayContaining(['T9000000033 Fog', 'S-04']))
    const [mech] = withWorks().rights
    const alone = { ...withWorks(), rights: mech === undefined ? [] : [{ ...mech, works: mech.works.slice(0, 1) }] }
    expect(texts(svg(storyReport(alone)), 'title')).not.toContain('T9000000033 Fog')
  })
})

describe('the page', () => {
  it('is well-formed, and the same bytes twice', () => {
    expect(page().at(-1)?.name).toBe('html')
    expect(timelineHtml(storyReport())).toBe(timelineHtml(storyReport()))
  })

  it('needs nothing from anywhere, and nothing but its own script may run', () => {
    const html = timelineHtml(storyReport())
    expect(html).not.toMatch(/\b(?:src|href)="(?!#)/)
    expect(html).not.toMatch(/https?:|@import|url\((?!#)/)
    const [policy] = page().filter(({ attributes }) => attributes['http-equiv'] === 'Content-Security-Policy')
    expect(policy?.attributes.content).toMatch(
      /^default-src 'none'; style-src 'sha256-[^']+'; script-src 'sha256-[^']+'$/,
    )
    expect(page().filter(({ attributes }) => Object.keys(attributes).some((name) => /^on|^style$/.test(name)))).toEqual(
      [],
    )
  })

  it('has its parts within reach of the keyboard, each leading to what is said about it', () => {
    const elements = page(storyReport(withWorks()))
    const ids = elements.flatMap(({ attributes }) => (attributes.id === undefined ? [] : [attributes.id]))
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([])
    const links = elements.filter(({ name }) => name === 'a')
    for (const { attributes } of links) expect(ids).toContain(attributes.href?.slice(1))
    // 7 stretches of rights, 2 and 1 of works, 4 events.
    const parts = links.filter(({ attributes }) => attributes['data-about'] !== undefined)
    expect(parts).toHaveLength(14)
    const said = parts.map(({ attributes }) => attributes['aria-label'])
    expect(said).toContain('Event 2, 2020-01-01, Mechanical right: licensed 100 %; then unlicensed 100 %')
    expect(said).toContain('Mechanical right, 2020-03-01 to open: licensed 60 %, unknown 40 %')
  })

  it('cites a source for every figure that rests on statements', () => {
    const html = timelineHtml(storyReport())
    const [row = ''] = html.match(/<tr id="lane-1-2".*<\/tr>/) ?? []
    expect(row.match(/<td class="number">[^<]*/g)).toEqual(
      ['100', '0', '0', '0', '0'].map((figure) => `<td class="number">${figure}`),
    )
    const cited = [...row.matchAll(/href="#source-(\d+)"/g)].map(([, number]) => number)
    const places = cited.map(
      (number) => new RegExp(`<tr id="source-${number}">.*?class="place">([^<]*)`).exec(html)?.[1],
    )
    expect(places).toEqual(['2020-01-01/licences.csv:4', '2020-01-01/links.csv:4'])
    // The performing right rests on nothing, and says so.
    expect(/<tr id="lane-2-1".*<\/tr>/.exec(html)?.[0]).toContain('no statement bears on it')
  })

  it('says what is made of what', () => {
    const html = timelineHtml(storyReport())
    expect(html).toContain('streamland/rights <code>2020-01-01-44165b45e0e0</code>')
    expect(html).toContain('<code>recital timeline ZZRCL1800003 --territory FR --known 2022-04-11</code>')
    expect(html).toContain('recital 1.2.3')
  })
})

describe('values from data', () => {
  it('cannot break out of the page or the picture', () => {
    const html = timelineHtml(storyReport(hostile()))
    expect(html.match(/<script/g)).toHaveLength(1)
    expect(html).not.toContain('<img')
    for (const text of [html, timelineSvg(storyReport(hostile()))]) {
      expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e\ufffe]/)
    }
    expect(page(storyReport(hostile())).at(-1)?.name).toBe('html')
    expect(svg(storyReport(hostile())).at(-1)?.name).toBe('svg')
  })
})
