import { BaseCommand, type Call } from '../cli/base-command.js'
import type { Output } from '../cli/output.js'

interface DeriveDocument {
  kind: 'recital.derive'
  version: 1
  /** Day of the last receipt: what was known then is what was derived. */
  known: string
  generation: string
  recordings: number
  /** Recordings whose degrees are not those of the derivation before. */
  changed: number
  /** Different pictures that the recordings make, and how many of them had to be worked out. */
  shapes: number
  workedOut: number
  segments: number
  /** Segments by status of each right, over all territories and time. */
  rights: { right: string; segments: Record<string, number> }[]
}

const PHASES = ['works', 'facts', 'recordings']

export default class Derive extends BaseCommand<typeof Derive, DeriveDocument> {
  static override summary = 'Work out the degree of licensing of the whole catalogue, for every territory and all time.'
  static override description =
    'As known at the last receipt, by the same rules as `licensed` and `timeline`. Works and recordings whose facts are alike but for names and dates are worked out once, and never again while nothing new is said of their like. Published as a new generation; what was ingested stays as it is.'
  static override examples = ['<%= config.bin %> <%= command.id %>', '<%= config.bin %> <%= command.id %> --memory 8GB']

  protected async work({ session }: Call<typeof Derive>): Promise<DeriveDocument> {
    const { derive } = await import('../licensing/index.js')
    const { openWorkspace } = await import('../store/workspace.js')
    session.onInterrupt(() => 'The store is as it was.')
    const workspace = openWorkspace(session.workspaceRoot(), session.running)
    let told = { phase: '', done: 0 }
    const { generation, rights, ...counts } = await derive({
      workspace,
      limits: session.limits,
      signal: session.signal,
      onProgress: ({ phase, done, of }) => {
        if (phase !== told.phase) {
          session.progress.phase(`deriving: ${phase}`, {
            step: PHASES.indexOf(phase) + 1,
            of: PHASES.length,
            total: of,
          })
          told = { phase, done: 0 }
        }
        session.progress.advance({ done: done - told.done })
        told = { phase, done }
      },
    })
    return {
      kind: 'recital.derive',
      version: 1,
      ...counts,
      generation: String(generation),
      rights: rights.map(({ right, segments: byStatus }) => ({ right, segments: { ...byStatus } })),
    }
  }

  protected view(document: DeriveDocument, out: Output): void {
    const { known, generation, recordings, changed, shapes, workedOut, segments, rights } = document
    out.line(`Derived ${segments} segments of ${recordings} recordings, as known on ${known}; generation ${generation}`)
    out.line(`${changed} recordings changed; ${workedOut} of ${shapes} different shapes were worked out`)
    const statuses = ['fully-licensed', 'partly-licensed', 'not-licensed', 'undetermined']
    out.table(
      [
        { header: 'segments of' },
        ...statuses.map((header) => ({ header: header.replace('-licensed', ''), kind: 'number' as const })),
      ],
      rights.map(({ right, segments: byStatus }) => [
        right,
        ...statuses.map((status) => String(byStatus[status] ?? 0)),
      ]),
    )
  }
}
