import { BaseCommand, type Call } from '../cli/base-command.js'
import type { Output } from '../cli/output.js'

interface InitDocument {
  kind: 'recital.init'
  version: 1
  created: boolean
}

export default class Init extends BaseCommand<typeof Init, InitDocument> {
  static override summary = 'Make an empty workspace in this folder.'
  static override description =
    'A workspace is a folder `.recital` that holds everything recital knows. `recital ingest` makes one by itself when there is none.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --workspace ~/matters/spring',
  ]

  protected async work({ flags, session }: Call<typeof Init>): Promise<InitDocument> {
    const { existsSync } = await import('node:fs')
    const { join, resolve } = await import('node:path')
    const { createWorkspace, workspaceAt } = await import('../store/workspace.js')
    const root = workspaceAt(resolve(session.cwd, flags.workspace ?? '.'))
    const created = !existsSync(join(root, 'format'))
    createWorkspace(root, session.running)
    return { kind: 'recital.init', version: 1, created }
  }

  protected view(document: InitDocument, out: Output): void {
    out.line(
      document.created ? 'Made an empty workspace (.recital).' : 'There is a workspace here already; nothing changed.',
    )
    out.line('Next: recital ingest PATH')
  }
}
