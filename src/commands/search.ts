import { Args, Flags } from '@oclif/core'
import { BaseCommand, type Call } from '../cli/base-command.js'
import type { Output } from '../cli/output.js'
import type { SearchDocument } from '../cli/views/search-document.js'
import type { SearchListDocument } from '../cli/views/search-list.js'
import { UsageError } from '../errors.js'

export default class Search extends BaseCommand<typeof Search, SearchDocument | SearchListDocument> {
  static override summary = 'Find recordings, works and parties by words, names or identifiers.'
  static override description =
    'Words, "phrases", beginnings (lov*), field:value (title artist writer label publisher release isrc iswc ipi upc id feed), -not, and filters: kind: year: territory: status: on: known:. Accents and case do not matter, a mistyped letter is forgiven, and an identifier is recognised in any spelling.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> "eight hats"',
    '<%= config.bin %> <%= command.id %> "writer:marlowe -teapot" --kind work',
    '<%= config.bin %> <%= command.id %> "artist:nobodies status:not-licensed territory:FR on:2020-02-01"',
    '<%= config.bin %> <%= command.id %> --file schedule.csv --out candidates.csv',
  ]
  static override strict = false
  static override args = { query: Args.string({ description: 'What to look for.' }) }
  static override flags = {
    kind: Flags.string({
      summary: 'Only recordings, works or parties.',
      options: ['recording', 'work', 'party'],
      helpValue: 'KIND',
    }),
    limit: Flags.integer({ summary: 'Hits at most: 20, of each line of a list 3.', min: 1, max: 1000, helpValue: 'N' }),
    file: Flags.string({
      summary: 'A list to look up line by line: CSV or TSV with titles, names, identifiers in any order.',
      helpValue: 'LIST',
    }),
    out: Flags.string({
      summary: 'Write the candidates of a list to a CSV file.',
      helpValue: 'FILE',
      dependsOn: ['file'],
    }),
    overwrite: Flags.boolean({ summary: 'Write over a file that is there.', dependsOn: ['out'] }),
  }

  protected async work({ words, flags, session }: Call<typeof Search>): Promise<SearchDocument | SearchListDocument> {
    const { askSearch, askSearchList } = await import('../cli/search.js')
    const { file, out, overwrite, limit } = flags
    const kind = flags.kind as 'recording' | 'work' | 'party' | undefined
    if (file === undefined) return askSearch(session, { query: words.join(' '), kind, limit: limit ?? 20 })
    if (words.length === 0) return askSearchList(session, { file, out, overwrite, kind, limit: limit ?? 3 })
    throw new UsageError('A question and --file cannot be asked at once.', {
      code: 'bad-flag',
      suggestions: ['Leave one of them out'],
    })
  }

  protected async view(document: SearchDocument | SearchListDocument, out: Output): Promise<void> {
    if ('lines' in document) {
      const { printSearchList } = await import('../cli/views/search-list.js')
      return printSearchList(document, out)
    }
    const { printSearch } = await import('../cli/views/search.js')
    printSearch(document, out)
  }
}
