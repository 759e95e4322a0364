import { Flags } from '@oclif/core'
import { BaseCommand, type Call } from '../cli/base-command.js'
import type { Output } from '../cli/output.js'
import type { RejectsDocument } from '../cli/views/rejects.js'

export default class Rejects extends BaseCommand<typeof Rejects, RejectsDocument> {
  static override summary = 'List the lines that could not be read, and why.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --snapshot 2019-01-10-0a1b2c3d4e5f --limit 1000',
  ]
  static override flags = {
    snapshot: Flags.string({ summary: 'Only those of one snapshot; see `recital status`.', helpValue: 'ID' }),
    limit: Flags.integer({ summary: 'How many lines to list.', default: 100, min: 0, max: 1_000_000, helpValue: 'N' }),
  }

  protected async work({ flags, session }: Call<typeof Rejects>): Promise<RejectsDocument> {
    const { listRejects } = await import('../snapshots/index.js')
    const { askEvidence } = await import('../cli/evidence.js')
    const { snapshot, limit } = flags
    const rejects = await askEvidence(session, {
      command: 'rejects',
      arguments: { snapshot: snapshot ?? null, limit },
      ask: (db) => listRejects(db, { snapshot, limit }),
      outline: ({ total }) => ({ known: null, rows: total, summary: `${total} rejected lines` }),
    })
    return { kind: 'recital.rejects', version: 1, ...rejects }
  }

  protected async view(document: RejectsDocument, out: Output): Promise<void> {
    const { printRejects } = await import('../cli/views/rejects.js')
    printRejects(document, out)
  }
}
