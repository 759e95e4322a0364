/** Flags that say whose changes alert rules are asked about. */
import { Flags } from '../oclif.js'

export const sourceFlags = {
  changes: Flags.string({
    summary: 'A file of changes: JSONL, CSV or Parquet, as `diff --out` writes them, or Debezium events.',
    helpValue: 'FILE',
    exclusive: ['diff', 'feed'],
  }),
  diff: Flags.string({
    summary: 'Two snapshot files: what changed from the first to the second.',
    helpValue: 'OLD NEW',
    multiple: true,
    exclusive: ['changes', 'feed'],
  }),
  feed: Flags.string({
    summary: 'A snapshot of this feed; the last one unless --snapshot names another.',
    helpValue: 'NAME',
  }),
  snapshot: Flags.string({ summary: 'Which snapshot of the feed.', helpValue: 'ID', dependsOn: ['feed'] }),
  key: Flags.string({
    summary: 'Columns by which a row is known, for files that do not say.',
    helpValue: 'COL[,COL…]',
    multiple: true,
  }),
  types: Flags.string({
    summary: 'Types of columns, e.g. price=decimal(10,2),quantity=integer; all others are text.',
    helpValue: 'COL=TYPE[,…]',
    multiple: true,
  }),
  relation: Flags.string({
    summary: 'What the rows of the files are, where rules are about several relations.',
    helpValue: 'NAME',
  }),
  received: Flags.string({
    summary: 'When the newer file was received, for rules that look at time.',
    helpValue: 'DATE',
  }),
  published: Flags.string({ summary: 'When the newer file was published.', helpValue: 'DATE' }),
}
