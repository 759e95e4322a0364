/** Runs the CWR reader over a text or a file and collects everything it gives. */
import { createReadStream } from 'node:fs'
import { type CwrResult, readCwr } from '../../../src/ingest/cwr/index.js'
import type { Finding, GivenValues, Reject, RowPlace } from '../../../src/ingest/reader.js'
import type { RelationName } from '../../../src/model/relations.js'

export interface GivenRow {
  relation: RelationName
  place: RowPlace
  values: GivenValues
}

export interface Collected {
  rows: GivenRow[]
  rejects: Reject[]
  notes: Finding[]
  result: CwrResult
  of(relation: RelationName): GivenRow[]
  noted(code: string): Finding[]
}

async function* inChunks(bytes: Buffer, size: number): AsyncIterable<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

export const collectFrom = async (name: string, chunks: AsyncIterable<Buffer>): Promise<Collected> => {
  const rows: GivenRow[] = []
  const rejects: Reject[] = []
  const notes: Finding[] = []
  const result = await readCwr(
    { name, chunks },
    {
      row: (relation, place, values) => rows.push({ relation, place, values }),
      reject: (reject) => rejects.push(reject),
      note: (finding) => notes.push(finding),
    },
  )
  const of = (relation: RelationName) => rows.filter((row) => row.relation === relation)
  const noted = (code: string) => notes.filter((note) => note.code === code)
  return { rows, rejects, notes, result, of, noted }
}

/** Chunks of an odd size, so that lines and characters are cut anywhere. */
export const collect = (content: string | Buffer, size = 97): Promise<Collected> =>
  collectFrom('made.V21', inChunks(Buffer.from(content), size))

export const collectFile = (path: string): Promise<Collected> =>
  collectFrom(path.split('/').at(-1) ?? path, createReadStream(path) as AsyncIterable<Buffer>)
