import { BaseCommand, type Call } from '../cli/base-command.js'
import type { Output } from '../cli/output.js'

interface DeriveDocument {
  kind: 'recital.derive'
  version: 1
  /** Day of the last receipt: what was known then is what was derived. */
  known: string
  generation: string
  recordings: number
  segments: number
  /** Recordings by status of each right, over all territories and time. */
  rights: { right: string; segments: Record<string, number> }[]
}

export default class Derive extends BaseCommand<typeof Derive, DeriveDocument> {
  static override summary = 'Work out the degree of licensing of the whole catalogue, for every territory and all time.'
  static override description =
    'As known at the last receipt, by the same rules as `licensed` and `timeline`. Published as a new generation; what was ingested stays as it is.'
  static override examples = ['<%= config.bin %> <%= command.id %>', '<%= config.bin %> <%= command.id %> --memory 8GB']

  protected async work({ session }: Call<typeof Derive>): Promise<DeriveDocument> {
    const { derive } = await import('../licensing/index.js')
    const { openWorkspace } = await import('../store/workspace.js')
    session.onInterrupt(() => 'The store is as it was.')
    const workspace = openWorkspace(session.workspaceRoot(), session.running)
    session.progress.phase('deriving', { step: 1, of: 1 })
    let told = 0
    const { known, generation, recordings, segments, rights } = await derive({
      workspace,
      limits: session.limits,
      signal: session.signal,
      onProgress: ({ done }) => {
        session.progress.advance({ done: done - told })
        told = done
      },
    })
    return {
      kind: 'recital.derive',
      version: 1,
      known,
      generation: String(generation),
      recordings,
      segments,
      rights: rights.map(({ right, segments: byStatus }) => ({ right, segments: { ...byStatus } })),
    }
  }

  protected view({ known, generation, recordings, segments, rights }: DeriveDocument, out: Output): void {
    out.line(`Derived ${segments} segments of ${recordings} recordings, as known on ${known}; generation ${generation}`)
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
