import { Args, Flags } from '@oclif/core'
import { BaseCommand, type Call } from '../cli/base-command.js'
import type { Output } from '../cli/output.js'
import type { SynthDocument } from '../cli/views/synth.js'

export default class Synth extends BaseCommand<typeof Synth, SynthDocument> {
  static override summary = 'Write a made-up catalogue to try things on, with what is true about it.'
  static override description =
    'Deliveries of several providers over several months, with contradictions planted in them. The same parameters give the same bytes. The folder must be new or empty.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> demo --tracks 2000 --truth',
    '<%= config.bin %> <%= command.id %> big --tracks 1e6 --seed 7 --snapshots 12 --providers 8',
  ]
  static override args = {
    dir: Args.string({ required: true, description: 'Folder to write: new or empty.' }),
  }
  static override flags = {
    tracks: Flags.string({ summary: 'How many recordings, e.g. 20000 or 1e6.', required: true, helpValue: 'N' }),
    seed: Flags.string({ summary: 'Another number gives another catalogue.', default: '1', helpValue: 'S' }),
    snapshots: Flags.string({ summary: 'Deliveries of each provider.', default: '3', helpValue: 'K' }),
    providers: Flags.string({ summary: 'How many providers, 2 to 12.', default: '6', helpValue: 'P' }),
    format: Flags.option({ options: ['tables', 'bwarm'] as const, default: 'tables' })({
      summary: "How the licensing collective's deliveries are written.",
    }),
    truth: Flags.boolean({ summary: 'Also write what is true: conflicts, changes, questions.', default: false }),
  }

  protected async work({ args, flags, session }: Call<typeof Synth>): Promise<SynthDocument> {
    const { resolve } = await import('node:path')
    const { synthesise, synthParameters } = await import('../synth/index.js')
    const { synthDocument } = await import('../cli/views/synth.js')
    const parameters = synthParameters(flags)
    const writing = synthesise(
      { ...parameters, folder: resolve(session.cwd, args.dir), name: args.dir, truth: flags.truth },
      {
        limits: session.limits,
        signal: session.signal,
        running: session.running,
        reporter: {
          phase: (name, options) => session.progress.phase(name, options),
          advance: (progress) => session.progress.advance(progress),
        },
      },
    )
    // Said only once it is true: on a busy machine what is under way takes its time to stop.
    session.onInterrupt(() => writing.then(nothingLeft, nothingLeft))
    return synthDocument(parameters, await writing)
  }

  protected async view(document: SynthDocument, out: Output, { args }: Call<typeof Synth>): Promise<void> {
    const { printSynth } = await import('../cli/views/synth.js')
    printSynth(document, args.dir, out)
  }
}

const nothingLeft = (): string => 'Nothing was left behind.'
