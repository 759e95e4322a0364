import { Flags } from '@oclif/core'
import { BaseCommand, type Call } from '../cli/base-command.js'
import type { Output } from '../cli/output.js'

interface ReindexDocument {
  kind: 'recital.reindex'
  version: 1
  generation: string
  documents: number
  /** `kept`: it was there already; `updated`: made from that of an earlier generation. */
  how: 'kept' | 'built' | 'updated'
  written: number
  removed: number
}

const WORDS = { kept: 'Was there already', built: 'Built', updated: 'Brought up to date' } as const

export default class Reindex extends BaseCommand<typeof Reindex, ReindexDocument> {
  static override summary = 'Make the search index of the evidence, or bring it up to date.'
  static override description =
    'The first search after an ingest does so by itself; this does it ahead of time. The index holds no evidence: it can be removed and made again.'
  static override examples = ['<%= config.bin %> <%= command.id %>', '<%= config.bin %> <%= command.id %> --rebuild']
  static override flags = {
    rebuild: Flags.boolean({ summary: 'Make it from nothing even where it is there.' }),
  }

  protected async work({ flags, session }: Call<typeof Reindex>): Promise<ReindexDocument> {
    const { makeIndex } = await import('../cli/search.js')
    session.onInterrupt(() => 'The store is as it was.')
    const { generation, documents, how, written, removed } = await makeIndex(session, flags.rebuild)
    return { kind: 'recital.reindex', version: 1, generation: String(generation), documents, how, written, removed }
  }

  protected view({ generation, documents, how, written, removed }: ReindexDocument, out: Output): void {
    const changes = how === 'updated' ? `: ${written} written, ${removed} removed` : ''
    out.line(`${WORDS[how]}: the index of generation ${generation}, ${documents} documents${changes}`)
  }
}
