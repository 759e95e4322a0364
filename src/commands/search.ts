import { Args, Flags } from '@oclif/core'
import { BaseCommand, type Call } from '../cli/base-command.js'
import type { Output } from '../cli/output.js'
import type { SearchDocument } from '../cli/views/search-document.js'

export default class Search extends BaseCommand<typeof Search, SearchDocument> {
  static override summary = 'Find recordings, works and parties by words, names or identifiers.'
  static override description =
    'Words, "phrases", beginnings (lov*), field:value (title artist writer label publisher release isrc iswc ipi upc id feed), -not, and filters: kind: year: territory: status: on: known:. Accents and case do not matter, a mistyped letter is forgiven, and an identifier is recognised in any spelling.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> "eight hats"',
    '<%= config.bin %> <%= command.id %> "writer:marlowe -teapot" --kind work',
    '<%= config.bin %> <%= command.id %> "artist:nobodies status:not-licensed territory:FR on:2020-02-01"',
    '<%= config.bin %> <%= command.id %> GB-AAA-99-00303 --json',
  ]
  static override strict = false
  static override args = { query: Args.string({ required: true, description: 'What to look for.' }) }
  static override flags = {
    kind: Flags.string({
      summary: 'Only recordings, works or parties.',
      options: ['recording', 'work', 'party'],
      helpValue: 'KIND',
    }),
    limit: Flags.integer({ summary: 'Hits at most.', default: 20, min: 1, max: 1000, helpValue: 'N' }),
  }

  protected async work({ words, flags, session }: Call<typeof Search>): Promise<SearchDocument> {
    const { askSearch } = await import('../cli/search.js')
    const kind = flags.kind as 'recording' | 'work' | 'party' | undefined
    return askSearch(session, { query: words.join(' '), kind, limit: flags.limit })
  }

  protected async view(document: SearchDocument, out: Output): Promise<void> {
    const { printSearch } = await import('../cli/views/search.js')
    printSearch(document, out)
  }
}
