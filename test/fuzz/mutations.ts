/** Damage to the bytes of a file: what transport, spreadsheets, careless programs and enemies do to deliveries. */
import type { Chance } from './chance.js'

type Mutation = (bytes: Buffer, chance: Chance) => Buffer

const text = (value: string): Buffer => Buffer.from(value, 'utf8')

/** Bytes that mean something to one format or another, or break one encoding or another. */
const NASTY: readonly [Buffer, ...Buffer[]] = [
  text('"'),
  ...[
    '""',
    '"a""b"',
    '\t',
    '\n',
    '\r',
    '\r\n',
    '\n\n',
    '\0',
    '\u001c',
    '\u001d',
    '\u001e',
    '\u001f',
    '\u001a',
    ',',
    ';',
  ].map(text),
  ...['|', '!', '\\', '\\\\\\', '\\\\|', '\\\t', '\\N', '\\.', '#', 'EOF', "'", '--', '$', '{', '}', '[', ']', ':'].map(
    text,
  ),
  ...[
    '{"a":1}',
    'NaN',
    'Infinity',
    'null',
    'true',
    ' ',
    '\u00a0',
    '\u2028',
    '\u0085',
    '\ufeff',
    '\ufffd',
    '\u0000\u0000',
  ].map(text),
  ...[
    'é',
    'e\u0301',
    'ß',
    'İ',
    '日本',
    '😀',
    '\u202e',
    '\u001b[31m',
    '-',
    '+',
    '0',
    '00',
    '.',
    '-0',
    '1e5',
    '1E-7',
  ].map(text),
  ...['9'.repeat(18), '9'.repeat(19), '9'.repeat(40), '1'.repeat(400), '0.0000000000001', '-1', '50,5', '1e309'].map(
    text,
  ),
  ...[
    '2019-02-30',
    '2019-02',
    '2019',
    '0000-01-01',
    '0001-01-01',
    '9999-12-31',
    '99999-01-01',
    '9999',
    '2020-00-00',
  ].map(text),
  ...['20200229', '00000000', '99999999', 'PT1H', 'P9999D', 'PT999999999S', '235960', 'WORLD', '2136', '!DE', 'QQ'].map(
    text,
  ),
  ...['delete', 'HDR', 'GRH', 'TRL', 'NWR', 'SPU', 'SPT0000000', 'ACK', 'WORLD|!WORLD', '|||', 'x'.repeat(70_000)].map(
    text,
  ),
  ...['<', '>', '</', '/>', '<a>', '<a/>', '</ReleaseList>', '<Release>', '&', '&amp;', '&#0;', '&#xD800;', '&x;'].map(
    text,
  ),
  ...['<!--', '-->', '<![CDATA[', ']]>', '<!DOCTYPE a [<!ENTITY b "c">]>', '<?xml version="1.0"?>', 'xmlns="a"'].map(
    text,
  ),
  ...[[0xff], [0xfe], [0xff, 0xfe], [0xfe, 0xff], [0xef, 0xbb, 0xbf], [0xc3], [0xe2, 0x82], [0xed, 0xa0, 0x80]].map(
    (b) => Buffer.from(b),
  ),
  ...[[0xf8], [0xc0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0x80], [0x1f, 0x8b], [0x50, 0x4b, 3, 4]].map((b) =>
    Buffer.from(b),
  ),
]

const splice = (bytes: Buffer, from: number, to: number, put: Buffer): Buffer =>
  Buffer.concat([bytes.subarray(0, from), put, bytes.subarray(to)])

/** A slice, mostly short. */
function slice(bytes: Buffer, chance: Chance): [number, number] {
  const from = chance.below(bytes.length + 1)
  const longest = chance.oneIn(4) ? bytes.length : 40
  return [from, Math.min(bytes.length, from + chance.below(longest + 1))]
}

const byteMutations: readonly [Mutation, ...Mutation[]] = [
  function flipBit(bytes, chance) {
    const at = chance.below(bytes.length)
    return splice(bytes, at, at + 1, Buffer.from([(bytes[at] ?? 0) ^ (1 << chance.below(8))]))
  },
  function setByte(bytes, chance) {
    const at = chance.below(bytes.length)
    return splice(bytes, at, at + 1, Buffer.from([chance.below(256)]))
  },
  function insertNasty(bytes, chance) {
    const at = chance.below(bytes.length + 1)
    return splice(bytes, at, at, chance.pick(NASTY))
  },
  function overwriteWithNasty(bytes, chance) {
    const at = chance.below(bytes.length + 1)
    const nasty = chance.pick(NASTY)
    return splice(bytes, at, Math.min(bytes.length, at + nasty.length), nasty)
  },
  function deleteSlice(bytes, chance) {
    return splice(bytes, ...slice(bytes, chance), Buffer.alloc(0))
  },
  function duplicateSlice(bytes, chance) {
    const [from, to] = slice(bytes, chance)
    return splice(bytes, to, to, bytes.subarray(from, to))
  },
  function moveSlice(bytes, chance) {
    const [from, to] = slice(bytes, chance)
    const without = splice(bytes, from, to, Buffer.alloc(0))
    const at = chance.below(without.length + 1)
    return splice(without, at, at, bytes.subarray(from, to))
  },
  function truncate(bytes, chance) {
    return bytes.subarray(0, chance.below(bytes.length + 1))
  },
]

/** The lines with their ends. */
function linesOf(bytes: Buffer): Buffer[] {
  const lines: Buffer[] = []
  let from = 0
  for (let at = bytes.indexOf(0x0a); at >= 0; at = bytes.indexOf(0x0a, from)) {
    lines.push(bytes.subarray(from, at + 1))
    from = at + 1
  }
  if (from < bytes.length) lines.push(bytes.subarray(from))
  return lines
}

const onLines =
  (change: (lines: Buffer[], chance: Chance) => void): Mutation =>
  (bytes, chance) => {
    const lines = linesOf(bytes)
    change(lines, chance)
    return Buffer.concat(lines)
  }

const lineMutations: readonly Mutation[] = [
  onLines((lines, chance) => lines.splice(chance.below(lines.length), 1)),
  onLines((lines, chance) => {
    const [line] = lines.slice(chance.below(lines.length))
    if (line !== undefined) lines.splice(chance.below(lines.length + 1), 0, line)
  }),
  onLines((lines, chance) => {
    const [moved] = lines.splice(chance.below(lines.length), 1)
    if (moved !== undefined) lines.splice(chance.below(lines.length + 1), 0, moved)
  }),
  onLines((lines, chance) =>
    lines.splice(chance.below(lines.length + 1), 0, text(chance.pick(['\n', ' \n', '\r\n', '\t\n', '""\n']))),
  ),
  onLines((lines, chance) => {
    const at = chance.below(lines.length)
    const line = lines[at]
    if (line !== undefined)
      lines[at] = text(line.toString('latin1').replace(/\r?\n$/, chance.pick(['', '\r', '\r\n', ' \n'])))
  }),
  function otherLineEnds(bytes, chance) {
    const end = chance.pick(['\r\n', '\r', '\n\r'])
    return Buffer.from(bytes.toString('latin1').replaceAll('\n', end), 'latin1')
  },
  function otherEncoding(bytes, chance) {
    const marked = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(bytes.toString('utf8'), 'utf16le')])
    return chance.oneIn(2) ? marked : Buffer.from(bytes.toString('utf8'), 'latin1')
  },
]

/** A cell: what stands between two separators of whatever format. */
const replaceCell: Mutation = (bytes, chance) => {
  const latin = bytes.toString('latin1')
  const starts = [...latin.matchAll(/[,\t|;<>"\n]/g)].map(({ index }) => index + 1)
  const from = starts[chance.below(starts.length)] ?? 0
  const rest = latin.slice(from).search(/[,\t|;<>"\r\n]/)
  const nasty = chance.oneIn(6) ? Buffer.alloc(0) : chance.pick(NASTY)
  return splice(bytes, from, rest < 0 ? bytes.length : from + rest, nasty)
}

/** An element with all that is in it, more or less: removed, repeated, or put somewhere else. */
const moveElement: Mutation = (bytes, chance) => {
  const latin = bytes.toString('latin1')
  const tags = [...latin.matchAll(/<([A-Za-z:]+)[^<>]*>/g)]
  const tag = tags[chance.below(tags.length)]
  if (tag === undefined) return bytes
  const end = latin.indexOf(`</${tag[1]}>`, tag.index)
  const to = end < 0 ? tag.index + tag[0].length : end + `</${tag[1]}>`.length
  const element = bytes.subarray(tag.index, to)
  if (chance.oneIn(3)) return splice(bytes, tag.index, to, Buffer.alloc(0))
  const target = chance.oneIn(2) ? to : (tags[chance.below(tags.length)]?.index ?? 0)
  return splice(bytes, target, target, element)
}

const TEXT: readonly [Mutation, ...Mutation[]] = [
  ...byteMutations,
  ...lineMutations,
  replaceCell,
  replaceCell,
  replaceCell,
]
const XML: readonly [Mutation, ...Mutation[]] = [
  ...byteMutations,
  ...lineMutations,
  replaceCell,
  ...Array(8).fill(moveElement),
]

/** Files that are not text are damaged byte by byte: a moved line of a packed file tells nothing more. */
const isPacked = (name: string): boolean => /\.(gz|zip|parquet|avro)$/.test(name)

/** The bytes with one to four pieces of damage, mostly one. */
export function damaged(name: string, bytes: Buffer, chance: Chance): Buffer {
  const mutations = isPacked(name) ? byteMutations : name.endsWith('.xml') ? XML : TEXT
  const count = chance.oneIn(2) ? 1 : 1 + chance.below(4)
  let result = bytes
  for (let done = 0; done < count; done += 1) result = chance.pick(mutations)(result, chance)
  return result
}
