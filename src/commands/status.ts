import { BaseCommand, type Call } from '../cli/base-command.js'
import type { Output } from '../cli/output.js'
import type { StatusDocument } from '../cli/views/status.js'

export default class Status extends BaseCommand<typeof Status, StatusDocument> {
  static override summary = 'Show what the workspace holds: feeds, snapshots, rows, rejects, sizes.'
  static override examples = ['<%= config.bin %> <%= command.id %>', '<%= config.bin %> <%= command.id %> --json']

  protected async work({ session }: Call<typeof Status>): Promise<StatusDocument> {
    const { evidenceStatus } = await import('../snapshots/index.js')
    const { askEvidence } = await import('../cli/evidence.js')
    const { workspaceSizes } = await import('../store/sizes.js')
    const status = await askEvidence(session, {
      command: 'status',
      arguments: {},
      ask: async (db, generation) => ({ generation, ...(await evidenceStatus(db)) }),
      outline: ({ snapshots }) => ({ known: null, rows: snapshots.length, summary: `${snapshots.length} snapshots` }),
    })
    return { kind: 'recital.status', version: 1, ...status, sizes: workspaceSizes(session.workspaceRoot()) }
  }

  protected async view(document: StatusDocument, out: Output): Promise<void> {
    const { printStatus } = await import('../cli/views/status.js')
    printStatus(document, out)
  }
}
