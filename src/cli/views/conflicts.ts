/** The words of `recital conflicts`: how many of which, then each with its figures, parties and sources, then what to do next. */
import { RULES } from '../../conflicts/index.js'
import type { Output } from '../output.js'
import type { ConflictJson, ConflictsDocument } from './conflicts-document.js'
import { cellInWords, knownInWords, magnitudeInWords, subjectInWords } from './conflicts-words.js'
import { count, plural } from './words.js'

/** So many are told one by one; more make a table. */
const MOST_TOLD = 10

export function printConflicts(document: ConflictsDocument, out: Output): void {
  const { counts, conflicts, leftOut, known, since, disappeared } = document
  const all = Object.values(counts).reduce((sum, each) => sum + each, 0)
  const when = since === undefined ? `as known on ${known}` : `that appeared between ${since} and ${known}`
  out.line(out.colors.bold(`${plural(all, 'conflict')} ${when}`))
  if (all > 0) printCounts(document, out)
  printList(conflicts, document, out)
  if (leftOut > 0) out.line(`${count(leftOut)} more are counted and not listed; --limit 0 lists all.`)
  if (disappeared !== undefined) {
    out.line()
    out.line(out.colors.bold(`${plural(disappeared.length, 'conflict')} that disappeared`))
    printList(disappeared, document, out)
  }
  printNext(conflicts, out)
  printScorecard(document, out)
}

function printCounts({ counts }: ConflictsDocument, out: Output): void {
  const found = RULES.filter(({ id }) => (counts[id] ?? 0) > 0)
  out.table(
    [
      { header: 'conflict', kind: 'id' },
      { header: 'severity', kind: 'number' },
      { header: 'found', kind: 'number' },
      { header: 'what it is' },
    ],
    found.map(({ id, severity, name }) => [id, String(severity), count(counts[id] ?? 0), name]),
  )
}

function printList(conflicts: readonly ConflictJson[], document: ConflictsDocument, out: Output): void {
  if (conflicts.length === 0) return
  if (conflicts.length <= MOST_TOLD) for (const conflict of conflicts) printConflict(conflict, document, out)
  else printTable(conflicts, out)
}

function printTable(conflicts: readonly ConflictJson[], out: Output): void {
  out.line()
  out.table(
    [
      { header: 'conflict', kind: 'id' },
      { header: 'sev', kind: 'number' },
      { header: 'subject' },
      { header: 'right', kind: 'id' },
      { header: 'where and when' },
      { header: 'magnitude' },
      { header: 'streams', kind: 'number' },
    ],
    conflicts.map((conflict) => [
      conflict.id,
      String(conflict.severity),
      subjectInWords(conflict.subject),
      conflict.right ?? '',
      cellInWords(conflict),
      `${magnitudeInWords(conflict)}${conflict.paymentOnly ? ' (payment only)' : ''}`,
      count(conflict.magnitude.streams),
    ]),
  )
}

/** One conflict whole. */
export function printConflict(conflict: ConflictJson, { sources }: ConflictsDocument, out: Output): void {
  const { id, name, severity, parties, statements, paymentOnly } = conflict
  out.line()
  out.heading(`${id} ${name} (severity ${severity})`)
  out.safe(subjectInWords(conflict.subject))
  const extent = [conflict.right, cellInWords(conflict), magnitudeInWords(conflict)].filter(Boolean)
  if (extent.length > 0) out.safe(`  ${extent.join('; ')}`)
  if (conflict.detail !== null) out.safe(`  ${conflict.detail}`)
  if (paymentOnly) out.line('  A question of payment only: whoever is right, the use is licensed.')
  if (conflict.magnitude.streams > 0) out.line(`  ${plural(conflict.magnitude.streams, 'stream')} at stake`)
  if (parties.length > 0) out.safe(`  between ${parties.join(', ')}`)
  out.line(`  ${knownInWords(conflict)}`)
  for (const statement of statements) {
    const source = sources[statement]
    out.safe(
      `  ${source === undefined ? statement : `${source.feed}  ${source.file}:${source.line} (received ${source.received})`}`,
    )
  }
  for (const { id: number, at, author, verdict, identity, reason } of conflict.decisions) {
    out.safe(
      `  decision ${number}, ${at.slice(0, 10)}, ${author}: ${verdict}${identity === null ? '' : ` ${identity}`}. ${reason}`,
    )
  }
  out.safe(`  key ${conflict.key}`)
}

function printNext(conflicts: readonly ConflictJson[], out: Output): void {
  const next = new Map(conflicts.map((conflict) => [conflict.id, conflict.next]))
  if (next.size === 0) return
  out.line()
  out.line(out.colors.bold('Next'))
  for (const [id, text] of next) out.safe(`${id}  ${text}`)
}

const percent = (part: number, whole: number): string => (whole === 0 ? '' : `${((100 * part) / whole).toFixed(1)} %`)

function printScorecard({ scorecard }: ConflictsDocument, out: Output): void {
  if (scorecard === undefined) return
  out.line()
  out.line(out.colors.bold('Works and recordings of each provider in which another stands against it'))
  out.table(
    [
      { header: 'known', kind: 'id' },
      { header: 'provider', kind: 'id' },
      { header: 'stated', kind: 'number' },
      { header: 'contradicted', kind: 'number' },
      { header: 'part', kind: 'number' },
      { header: 'by' },
    ],
    scorecard.flatMap(({ known, providers }) =>
      providers.map(({ provider, stated, contradicted, against }, index) => [
        index === 0 ? known : '',
        provider,
        count(stated),
        count(contradicted),
        percent(contradicted, stated),
        against.map((other) => `${other.provider} ${count(other.contradicted)}`).join(', '),
      ]),
    ),
  )
}
