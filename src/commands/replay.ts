import { Args } from '@oclif/core'
import { BaseCommand, type Call } from '../cli/base-command.js'
import type { Output } from '../cli/output.js'
import type { ReplayDocument } from '../cli/views/replay.js'

export default class Replay extends BaseCommand<typeof Replay, ReplayDocument> {
  static override summary = 'Run the commands of a session again, one after the other.'
  static override description =
    'The file is one that `explore` wrote, or one made by hand: a command on each line, # for remarks. Only commands that ask are run, and none of them writes a file. Exit code 1 when one of them failed.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> session.txt',
    '<%= config.bin %> <%= command.id %> session.txt --json',
  ]
  static override args = { file: Args.string({ required: true, description: 'File of commands.' }) }

  protected async work({ args, flags, session }: Call<typeof Replay>): Promise<ReplayDocument> {
    const { readSession, replay } = await import('../cli/replay.js')
    const { replayDocument } = await import('../cli/views/replay.js')
    const options = { isJson: flags.json === true, width: flags.width ?? 80 }
    return replayDocument(args.file, await replay(session, readSession(session, args.file), options), options.isJson)
  }

  protected async view(document: ReplayDocument, out: Output): Promise<void> {
    const { printReplay } = await import('../cli/views/replay.js')
    printReplay(document, out)
  }

  protected override verdict({ steps }: ReplayDocument): 0 | 1 {
    return steps.some(({ exitCode }) => exitCode !== 0) ? 1 : 0
  }
}
