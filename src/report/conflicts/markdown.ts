/** Conflicts as Markdown: the counts, then each with its figures and sources. */
import { harmless } from '../../model/text/harmless.js'
import type { ConflictsReport, ReportConflict } from './model.js'

/** Text that no mark of Markdown can break out of. */
const plain = (text: string): string =>
  harmless(text)
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/[\\`*_{}[\]#+|>~]/g, (mark) => `\\${mark}`)

const when = (from: string | null, to: string | null): string => `${from ?? 'no start'} to ${to ?? 'no end'}`

function block(conflict: ReportConflict, number: number, { sources }: ConflictsReport): string {
  const {
    id,
    name,
    severity,
    subject,
    right,
    territories,
    from,
    to,
    magnitude,
    streams,
    paymentOnly,
    parties,
    statements,
  } = conflict
  const facts = [
    ...(right === '' ? [] : [`Right: ${plain(right)}`]),
    ...(territories === '' ? [] : [`Where: ${plain(territories)}`]),
    ...(from === null && to === null ? [] : [`When: ${when(from, to)}`]),
    ...(magnitude === '' ? [] : [`Magnitude: ${plain(magnitude)}`]),
    ...(streams === 0 ? [] : [`Streams at stake: ${streams}`]),
    ...(paymentOnly ? ['A question of payment only: whoever is right, the use is licensed'] : []),
    ...(parties.length === 0 ? [] : [`Parties: ${parties.map(plain).join(', ')}`]),
    ...(conflict.detail === '' ? [] : [`Detail: ${plain(conflict.detail)}`]),
    `Known: from the receipt of ${conflict.knownFrom ?? 'the first delivery'}${conflict.knownTo === null ? '' : ` to that of ${conflict.knownTo}`}`,
    `Next: ${plain(conflict.next)}`,
    ...conflict.decisions.map(({ at, author, verdict, identity, reason }) =>
      plain(`Decision of ${at}, ${author}: ${verdict}${identity === null ? '' : ` ${identity}`}. ${reason}`),
    ),
    ...statements.map((statement) => {
      const source = sources[statement]
      return `Source: ${plain(source === undefined ? statement : `${source.feed}, ${source.file}:${source.line}, received ${source.received}, sha256 ${source.sha256}`)}`
    }),
  ]
  return `### ${number}. ${id} ${plain(name)}, severity ${severity}: ${plain(subject)}\n\n${facts.map((fact) => `- ${fact}`).join('\n')}\n`
}

export function conflictsMarkdown(report: ConflictsReport): string {
  const { known, since, counts, conflicts, disappeared, leftOut, command, program, generation } = report
  const table = counts.map(({ id, name, severity, count }) => `| ${id} | ${severity} | ${count} | ${plain(name)} |`)
  const heading =
    since === null ? `Conflicts as known on ${known}` : `Conflicts that appeared between ${since} and ${known}`
  return [
    `# ${heading}\n`,
    ['| conflict | severity | found | what it is |', '| --- | --- | --- | --- |', ...table].join('\n'),
    ...(leftOut === 0 ? [] : [`\n${leftOut} more are counted and not listed.`]),
    '',
    ...conflicts.map((conflict, index) => block(conflict, index + 1, report)),
    ...(disappeared.length === 0
      ? []
      : ['## Disappeared\n', ...disappeared.map((conflict, index) => block(conflict, index + 1, report))]),
    `Made by ${plain(program)} from generation ${generation}. The same in a terminal: \`${command.replaceAll('`', "'")}\`\n`,
  ].join('\n')
}
