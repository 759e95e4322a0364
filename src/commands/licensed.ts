import { Args, Flags } from '@oclif/core'
import { BaseCommand, type Call } from '../cli/base-command.js'
import type { Output } from '../cli/output.js'
import type { LicensedDocument } from '../cli/views/licensed-document.js'

export default class Licensed extends BaseCommand<typeof Licensed, LicensedDocument> {
  static override summary = 'Tell to what degree a recording was licensed in a territory on a day, right by right.'
  static override description =
    'Contradicting providers give a range: at least so much, at most so much. Nothing unknown counts as unlicensed. Every figure names the statements that it rests on.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> GB-AAA-99-00303 --on 2019-06-01 --territory US',
    '<%= config.bin %> <%= command.id %> GBAAA9900303 --on 2019-06-01 --territory US --right mech --known 2019-07-10..2020-02-01',
    '<%= config.bin %> <%= command.id %> GBAAA9900303 --on 2019-06-01 --territory US --known-curve --json',
  ]
  static override args = {
    recording: Args.string({ required: true, description: 'ISRC, or the id that a feed uses.' }),
  }
  static override flags = {
    on: Flags.string({ required: true, summary: 'The day of use.', helpValue: 'DATE' }),
    territory: Flags.string({ required: true, summary: 'The country of use: ISO 3166-1 or TIS.', helpValue: 'CC' }),
    right: Flags.string({ summary: 'mech, perf, master, or all three.', default: 'all', helpValue: 'RIGHT' }),
    known: Flags.string({
      summary: 'As known at the end of this day; A..B also tells what changed in between.',
      helpValue: 'DATE|A..B',
    }),
    'known-curve': Flags.boolean({ summary: 'Also the answer at each receipt that changed it.' }),
    theory: Flags.string({
      summary: 'Legal theories, separated by commas.',
      description:
        'fractional (default) or whole-work: what a licence of a work by one owner covers. drop-impossible-provider, registered-administrator-binds.',
      helpValue: 'NAME,…',
    }),
  }

  protected async work({ args, flags, session }: Call<typeof Licensed>): Promise<LicensedDocument> {
    const { askEvidence } = await import('../cli/evidence.js')
    const { on, territory, right, known, theory } = flags
    const request = { recording: args.recording, on, territory, right, known, theory, knownCurve: flags['known-curve'] }
    return askEvidence(session, {
      command: 'licensed',
      narrow: true,
      prepare: () =>
        Promise.all([
          import('../licensing/index.js'),
          import('../cli/views/licensed-document.js'),
          import('../cli/views/licensed.js'),
        ]),
      arguments: { ...request, known: known ?? null, theory: theory ?? null },
      ask: async (db, generation) => {
        const { licensed } = await import('../licensing/index.js')
        const { licensedDocument } = await import('../cli/views/licensed-document.js')
        return licensedDocument(await licensed(db, request), generation)
      },
      outline: (document) => ({ known: document.known, rows: document.rights.length, summary: document.status }),
    })
  }

  protected async view(document: LicensedDocument, out: Output): Promise<void> {
    const { printLicensed } = await import('../cli/views/licensed.js')
    printLicensed(document, out)
  }
}
