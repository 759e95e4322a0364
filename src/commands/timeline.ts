import { Args, Flags } from '@oclif/core'
import { BaseCommand, type Call } from '../cli/base-command.js'
import type { Output } from '../cli/output.js'
import type { TimelineDesk, TimelineFile } from '../cli/timeline.js'
import type { TimelineDocument } from '../cli/views/timeline-document.js'

export default class Timeline extends BaseCommand<typeof Timeline, TimelineDocument> {
  static override summary = 'Show how the degree of licensing of a recording moved through time, and what moved it.'
  static override description =
    'One lane for each right: stretches of time with one result, and between them the events with the statements that caused them. In a terminal it can be looked through: ? lists the keys. --no-input prints it instead.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> GB-AAA-99-00303 --territory US',
    '<%= config.bin %> <%= command.id %> GBAAA9900303 --territory FR --right mech --known 2020-02-01',
    '<%= config.bin %> <%= command.id %> GBAAA9900303 --from 2019-01-01 --to 2021-01-01 --json',
    '<%= config.bin %> <%= command.id %> GBAAA9900303 --html timeline.html --svg timeline.svg',
  ]
  static override args = {
    recording: Args.string({ required: true, description: 'ISRC, or the id that a feed uses.' }),
  }
  static override flags = {
    territory: Flags.string({
      summary: 'The country: ISO 3166-1 or TIS. Without it, the one with the most streams, else US.',
      helpValue: 'CC',
    }),
    right: Flags.string({ summary: 'mech, perf, master, or all three.', default: 'all', helpValue: 'RIGHT' }),
    known: Flags.string({ summary: 'As known at the end of this day.', helpValue: 'DATE' }),
    from: Flags.string({ summary: 'First day shown.', helpValue: 'DATE' }),
    to: Flags.string({ summary: 'First day no longer shown.', helpValue: 'DATE' }),
    theory: Flags.string({ summary: 'Legal theories, by commas: see `licensed --help`.', helpValue: 'NAME,…' }),
    html: Flags.string({ summary: 'Write it as a page that stands by itself.', helpValue: 'FILE' }),
    svg: Flags.string({ summary: 'Write it as a picture.', helpValue: 'FILE' }),
    overwrite: Flags.boolean({ summary: 'Write over files that are there.' }),
  }

  protected async work({ args, flags, session }: Call<typeof Timeline>): Promise<TimelineDocument> {
    const { askTimeline } = await import('../cli/timeline.js')
    const request = { recording: args.recording, ...flags }
    const files = filesOf(flags)
    const terminal = flags.json || files.length > 0 ? null : await session.terminal()
    if (terminal === null) return askTimeline(session, request, { files })
    const load = async () => (await import('../ui/index.js')).screens.timeline()
    const show = async (desk: TimelineDesk) => (await load()).showTimeline(terminal, desk)
    return askTimeline(session, request, { files, prepare: load, show })
  }

  protected async view(
    document: TimelineDocument,
    out: Output,
    { flags, session }: Call<typeof Timeline>,
  ): Promise<void> {
    const files = filesOf(flags)
    for (const { name } of files) out.safe(`Wrote ${name}`)
    if (files.length > 0 || (await session.terminal()) !== null) return
    const { printTimeline } = await import('../cli/views/timeline.js')
    printTimeline(document, out)
  }
}

function filesOf({
  html,
  svg,
  overwrite,
}: {
  html?: string | undefined
  svg?: string | undefined
  overwrite: boolean
}) {
  const named = [
    ['html', html],
    ['svg', svg],
  ] as const
  return named.flatMap(([format, name]): TimelineFile[] => (name === undefined ? [] : [{ format, name, overwrite }]))
}
