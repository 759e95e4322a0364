import { Args, Flags } from '@oclif/core'
import { BaseCommand, type Call } from '../cli/base-command.js'
import type { Output } from '../cli/output.js'
import type { ExploreDocument } from '../cli/views/explore-document.js'

export default class Explore extends BaseCommand<typeof Explore, ExploreDocument> {
  static override summary = 'Investigate: search as you type, open what is found, collect findings.'
  static override description =
    'In a terminal it opens a screen: ? lists the keys. Elsewhere, and with --no-input, it prints the hits, and of the first one what the screen would show first.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> "eight hats" --territory FR --on 2020-02-01',
    '<%= config.bin %> <%= command.id %> "eight hats" --no-input',
  ]
  static override strict = false
  static override args = { query: Args.string({ description: 'What to look for; as in `search`.' }) }
  static override flags = {
    territory: Flags.string({ summary: 'The country of use: ISO 3166-1 or TIS.', default: 'US', helpValue: 'CC' }),
    on: Flags.string({ summary: 'The day of use. Without it the day of the last receipt.', helpValue: 'DATE' }),
    log: Flags.string({
      summary: 'On leaving, write the commands of everything that was looked at to this file, for `replay`.',
      helpValue: 'FILE',
    }),
    overwrite: Flags.boolean({ summary: 'Write over a file that is there.', dependsOn: ['log'] }),
    known: Flags.string({ summary: 'As known at the end of this day.', helpValue: 'DATE' }),
  }

  protected async work({ words, flags, session }: Call<typeof Explore>): Promise<ExploreDocument> {
    const { explore, exploreInPrint } = await import('../cli/explore.js')
    const { territory, on, known: day, log, overwrite = false } = flags
    const request = { query: words.join(' '), territory, on, known: day, log, overwrite }
    const terminal = flags.json ? null : await session.terminal()
    if (terminal === null) return exploreInPrint(session, request)
    const { screens } = await import('../ui/index.js')
    const { showExplore } = await screens.explore()
    const { known, generation, commands } = await explore(session, request, (desk) => showExplore(terminal, desk))
    return {
      kind: 'recital.explore',
      version: 1,
      known,
      commands,
      first: null,
      hits: null,
      basis: { generation: String(generation) },
    }
  }

  protected async view(document: ExploreDocument, out: Output): Promise<void> {
    const { printExplore } = await import('../cli/views/explore-document.js')
    printExplore(document, out)
  }
}
