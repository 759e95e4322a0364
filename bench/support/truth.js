/** What is true of a synthetic catalogue, read from the files that `synth --truth` wrote. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { parse } from 'yaml'
import { readCatalogue } from '../reference/catalogue.js'
import { cell, Facts, hasTables } from '../reference/index.js'

const quoted = (text) => `'${text.replaceAll("'", "''")}'`

/** The rows of a query over files, as objects of JSON values. */
export async function query(sql) {
  const instance = await DuckDBInstance.create(':memory:', { memory_limit: '1GB' })
  const db = await instance.connect()
  try {
    return (await db.runAndReadAll(sql)).getRowObjectsJson()
  } finally {
    db.closeSync()
    instance.closeSync()
  }
}

export class Truth {
  /** @param {string} catalogue its folder */
  constructor(catalogue) {
    this.catalogue = catalogue
  }

  /** How often a story is told. */
  instances(story) {
    const { stories } = parse(readFileSync(join(this.catalogue, 'synth.yaml'), 'utf8'))
    return stories.find((one) => one.story === story)?.instances ?? 0
  }

  /** Rows of a Parquet file, by its own footer. */
  async rowsIn(file) {
    const [row] = await query(`SELECT num_rows::INTEGER AS n FROM parquet_file_metadata(${quoted(file)})`)
    return row.n
  }

  /** What a delivery changes: relation → { create, update, delete }. */
  async changes({ feed, round }) {
    const file = join(this.catalogue, 'truth/changes', feed.split('/')[0], `${round}.parquet`)
    const rows = await query(`SELECT relation, op, count(*)::INTEGER AS n FROM ${quoted(file)} GROUP BY ALL`)
    const changes = {}
    for (const { relation, op, n } of rows) changes[relation] = { ...changes[relation], [op]: n }
    return changes
  }

  /** So many of the questions of the truth, evenly spread over all: isrc, territory, day, known, right. */
  async questions(count) {
    const file = quoted(join(this.catalogue, 'truth/cells.parquet'))
    const all = await query(
      `SELECT isrc, territory, day::VARCHAR AS day, known::VARCHAR AS known, "right" FROM ${file} ORDER BY question`,
    )
    const step = Math.max(1, Math.floor(all.length / count))
    return all.filter((_, index) => index % step === 0).slice(0, count)
  }

  /**
   * The degrees that the reference works out for some questions: five buckets in millionths of a percent, in their order; null
   * where the tables that it needs are not there.
   * @param {string[]} folders those of all deliveries
   */
  async expected(questions, folders) {
    if (!hasTables) return null
    const instance = await DuckDBInstance.create(':memory:', { memory_limit: '2GB' })
    const db = await instance.connect()
    try {
      const isrcs = [...new Set(questions.map(({ isrc }) => isrc))]
      const facts = new Facts(await readCatalogue(db, folders, isrcs))
      return questions.map(({ isrc, territory, day, known, right }) =>
        cell(facts, { recording: isrc, on: day, territory, known, right }),
      )
    } finally {
      db.closeSync()
      instance.closeSync()
    }
  }
}
