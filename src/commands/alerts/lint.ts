import { Args, Flags } from '@oclif/core'
import { sourceFlags } from '../../cli/alerts/flags.js'
import { BaseCommand, type Call } from '../../cli/base-command.js'
import type { Output } from '../../cli/output.js'
import type { LintDocument } from '../../cli/views/alerts/lint.js'

const LEVELS = ['info', 'warning', 'error'] as const

export default class AlertsLint extends BaseCommand<typeof AlertsLint, LintDocument> {
  static override summary = 'Look for what is wrong with rule files, or looks wrong.'
  static override description =
    'Unknown columns, wrong types, conditions that are never or always true, rules that others hide or repeat, missing tests and owners. Columns are known from the tests in the file, from --types, or from the changes of a file or feed; on those it also tells what the rules do.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> rules/ticket-inventory.yaml',
    '<%= config.bin %> <%= command.id %> rules.yaml --types price=decimal,quantity=integer --fail-on warning',
    '<%= config.bin %> <%= command.id %> rules.yaml --feed acme/inventory',
  ]
  static override strict = false
  static override args = { rules: Args.string({ required: true, description: 'Rule files.' }) }
  static override flags = {
    ...sourceFlags,
    'fail-on': Flags.option({ options: [...LEVELS, 'never'] as const, default: 'error' })({
      summary: 'Exit with 1 when something of this level or worse is found.',
    }),
  }

  protected async work({ flags, words, session }: Call<typeof AlertsLint>): Promise<LintDocument> {
    const { lintFiles } = await import('../../cli/alerts/lint.js')
    return lintFiles(session, words, flags)
  }

  protected override verdict({ counts }: LintDocument, { flags }: Call<typeof AlertsLint>): 0 | 1 {
    const { 'fail-on': level } = flags
    return level !== 'never' && LEVELS.slice(LEVELS.indexOf(level)).some((one) => counts[one] > 0) ? 1 : 0
  }

  protected async view(document: LintDocument, out: Output): Promise<void> {
    const { printLint } = await import('../../cli/views/alerts/lint.js')
    printLint(document, out)
  }
}
