/**
 * One recording under investigation: its facts are gathered once; then any date of knowledge, day, territory, right and
 * theory can be asked about.
 */
import { InternalError, NotFoundError, UsageError } from '../errors.js'
import type { LocalId } from '../lookup/index.js'
import { ATOMS } from '../model/territories/territory-set.js'
import { literal } from '../store/columns.js'
import type { Evidence, Row, SqlParameters } from '../store/duckdb.js'
import type { Knowledge } from '../store/evidence/knowledge.js'
import type { Statement } from '../store/evidence/statements.js'
import { type CaseBench, openBench } from './facts/bench.js'
import { gatherRecordingFacts, type RecordingFacts } from './facts/gather.js'
import { licenceDataAt } from './facts/known.js'
import { type CaseFacts, factsOf } from './facts/load.js'
import { nearIsrcs } from './near.js'
import { DEGREE_STEPS, IDENTITY_STEPS, workOut } from './pipeline.js'
import { sqlAsked, sqlTerritoryCells } from './points.js'
import type { Theory } from './theories.js'
import type { RecordingNames } from './usage.js'

export type Right = 'mech' | 'perf' | 'master'

export const RIGHTS: readonly Right[] = ['mech', 'perf', 'master']

export interface Points {
  /** ISO alpha-2. */
  readonly territory: string
  /** Full dates. */
  readonly days: readonly string[]
  readonly rights: readonly Right[]
  readonly theories: readonly Theory[]
}

export class RecordingCase {
  /** The knowledge that the identities in the database stand for. */
  #seen: string | null = null

  private constructor(
    readonly db: Evidence,
    readonly id: string,
    readonly facts: RecordingFacts,
    private readonly rows: CaseFacts['statements'],
    private readonly bench: CaseBench,
  ) {}

  /**
   * Gathers what any answer about a recording may rest on. Throws NotFoundError `unknown-recording`.
   * @param options.at what will be asked about first: some of it is read meanwhile
   * @param options.isLarge work it out where large cases are, whatever its size
   */
  static async open(
    db: Evidence,
    id: string,
    { at, isLarge = false }: { readonly at?: Knowledge; readonly isLarge?: boolean } = {},
  ): Promise<RecordingCase> {
    // Asked for again, and then told what went wrong.
    if (at !== undefined) licenceDataAt(db, at).catch(() => undefined)
    const facts = await gatherRecordingFacts(db, id)
    if (facts.named.length === 0) {
      const isrc = facts.readings.find(({ as }) => as === 'isrc')?.normalised ?? id.trim().toUpperCase()
      const near = await nearIsrcs(db, isrc)
      throw new NotFoundError(`No feed mentions a recording "${id}".`, {
        code: 'unknown-recording',
        excerpt: id,
        suggestions: [
          ...(near.length === 0 ? [] : [`Did you mean ${near.join(' or ')}?`]),
          'Give an ISRC, or the id that a feed uses for the recording',
          `\`recital lookup ${id}\` tells whether it names something else`,
        ],
      })
    }
    const loaded = factsOf(facts)
    return new RecordingCase(db, id, facts, loaded.statements, await openBench(db, loaded, isLarge))
  }

  statement(rowId: unknown): Statement {
    const found = this.rows.get(Number(rowId))
    if (found === undefined) throw new InternalError('a fact has no statement', { code: 'fact-statement' })
    return found
  }

  get statements(): Iterable<Statement> {
    return this.rows.values()
  }

  /** Reads relations that were worked out last. */
  relation(sql: string, parameters?: SqlParameters): Promise<Row[]> {
    return this.bench.rows(sql, parameters)
  }

  /** Sees the facts as known, and finds out who is who; then works out the degrees at the points. */
  async workOut(knowledge: Knowledge, points: Points): Promise<void> {
    await this.see(knowledge)
    await this.bench.run(this.#points(points))
    await workOut(this.bench, DEGREE_STEPS)
  }

  async see(knowledge: Knowledge): Promise<void> {
    if (this.#seen === knowledge.before) return
    await this.bench.see(knowledge)
    await workOut(this.bench, IDENTITY_STEPS)
    const found = (await this.#asked()).map(({ recording }) => String(recording))
    if (found.length > 1) throw this.#ambiguous()
    // Nothing was known of it then: the answer says so under the name that was asked for.
    await this.bench.run(
      'CREATE OR REPLACE TEMP TABLE asked_recordings AS SELECT recording FROM recording_identities LIMIT 0',
    )
    await this.bench.run('INSERT INTO asked_recordings VALUES ($id)', { id: found[0] ?? this.id })
    this.#seen = knowledge.before
  }

  /** What the recording is called, as it was seen last: ids of feeds, and its ISRCs. */
  async names(): Promise<RecordingNames> {
    const rows = await this.bench.rows(
      `SELECT k.feed, k.id, k."key" FROM asked_recordings AS a JOIN recording_identities AS i ON i.recording = a.recording
       JOIN recording_keys AS k ON k.feed = i.feed AND k.id = i.id ORDER BY k.feed, k.id, k."key"`,
    )
    const asked = this.facts.readings.filter(({ as }) => as === 'isrc').map(({ normalised }) => normalised)
    const known = rows.flatMap(({ key }) => (String(key).startsWith('isrc ') ? [String(key).slice(5)] : []))
    return {
      ids: rows.map(({ feed, id }): LocalId => [String(feed), String(id)]),
      isrcs: [...new Set([...asked, ...known])],
    }
  }

  /** The identities that the asked id stands for: by ISRC in every feed, otherwise by the id of a feed. */
  #asked(): Promise<Row[]> {
    const isrcs = this.facts.readings.filter(({ as }) => as === 'isrc').map(({ normalised }) => `isrc ${normalised}`)
    const condition =
      isrcs.length > 0 ? `k."key" IN (${isrcs.map((_, index) => `$isrc${index}`).join(', ')})` : 'k.id = $id'
    const named = isrcs.length > 0 ? isrcs.map((isrc, index) => [`isrc${index}`, isrc]) : [['id', this.id.trim()]]
    return this.bench.rows(
      `SELECT DISTINCT i.recording FROM recording_keys AS k
       JOIN recording_identities AS i ON i.feed = k.feed AND i.id = k.id WHERE ${condition}`,
      Object.fromEntries(named),
    )
  }

  #ambiguous(): UsageError {
    const isrcs = this.facts.named.flatMap(({ values, source }) =>
      values.isrc == null ? [] : [`${values.isrc} (${source.feed})`],
    )
    return new UsageError(`Several feeds use "${this.id}" for different recordings.`, {
      code: 'ambiguous-recording',
      suggestions: [`Ask with an ISRC: ${[...new Set(isrcs)].sort().join(', ') || 'none is stated'}`],
    })
  }

  #points({ territory, days, rights, theories }: Points): string {
    const cell = ATOMS.indexOf(territory)
    const values = days.map((day) => `(${literal(day)})`).join(', ')
    return `${sqlAsked(rights, theories)};
      CREATE OR REPLACE TEMP TABLE points AS
        SELECT r.recording, ${cell} AS cell, CAST(d.day AS DATE) AS day
        FROM asked_recordings AS r CROSS JOIN (VALUES ${values}) AS d(day);
      CREATE OR REPLACE TEMP TABLE territory_cells AS ${sqlTerritoryCells(`(SELECT ${cell} AS cell)`)}`
  }
}
