/** The words of `recital licensed`: a sentence for each right, then the claims with their sources, then what is missing. */
import type { Output } from '../output.js'
import type { LicensedDocument, RightJson, SourceJson, WorkJson } from './licensed-document.js'
import { dayInWords, flagInWords, missingInWork, RIGHT_NAMES, rightSentence, STATUS_WORDS } from './licensed-words.js'

export function printLicensed(document: LicensedDocument, out: Output): void {
  const { recording, rights, status } = document
  const title = recording.title ?? 'without title'
  out.heading(`${title}${recording.artist === null ? '' : `, ${recording.artist}`}  ${recording.isrc ?? ''}`)
  out.line()
  for (const right of rights) out.safe(rightSentence(right, document))
  if (rights.length > 1) out.line(`Over all: ${STATUS_WORDS[status] ?? status}.`)
  for (const right of rights) printRight(right, document, out)
  if (document.composite !== null) {
    const { mech, perf, licensed } = document.composite
    out.line()
    out.line(`Weighted for money only (mechanical ${mech}, performing ${perf}): ${licensed} % licensed.`)
  }
  printChanges(document, out)
  printCurve(document, out)
  printFirstKnown(document, out)
  printBasis(document, out)
}

function printRight(right: RightJson, document: LicensedDocument, out: Output): void {
  out.line()
  out.line(out.colors.bold(`${capital(RIGHT_NAMES[right.right] ?? right.right)}: ${STATUS_WORDS[right.status]}`))
  const { licensed, exempt, unlicensed, unknown, disputed } = right
  out.line(`licensed ${licensed}  exempt ${exempt}  unlicensed ${unlicensed}  unknown ${unknown}  disputed ${disputed}`)
  for (const flag of right.flags) if (flag !== 'liability-limited') out.line(flagInWords(flag))
  for (const { text, id } of right.regimes) if (!id.endsWith('-by-claim') && !id.endsWith('-by-deal')) out.line(text)
  for (const licence of right.licences) out.safe(licenceLine(licence, document))
  for (const work of right.works) printWork(work, document, out)
}

const place = (source: SourceJson | undefined): string =>
  source === undefined ? '' : `${source.file}:${source.line} (received ${source.received})`

function printWork(work: WorkJson, document: LicensedDocument, out: Output): void {
  const { work: name, weight, weightBasis, readings, shareKind } = work
  const part = weight === 1 ? '' : weight === null ? ', weight not stated' : `, weight ${weight} (${weightBasis})`
  const kind = shareKind === null ? '' : `, ${shareKind} shares`
  out.safe(
    `Work ${name.title ?? name.id}${name.iswc === null ? '' : ` ${name.iswc}`}${part}${kind}; linked by ${readings.join(', ')}`,
  )
  const rows = work.parties.flatMap(({ party, class: kind_, floor, ceiling, claims, licences }) =>
    claims.map(({ feed, share, from, to, statement }, index) => [
      ...(index === 0 ? [party.name, kind_, range(floor, ceiling)] : ['', '', '']),
      feed,
      share === null ? '' : String(share),
      `${from ?? 'start not stated'} to ${to ?? 'no end stated'}`,
      place(document.sources[statement]),
      index === 0 ? licences.map(licenceId).join(', ') : '',
    ]),
  )
  if (rows.length > 0) {
    out.table(
      [
        { header: '  party', kind: 'id' },
        { header: 'class', kind: 'id' },
        { header: 'share', kind: 'number' },
        { header: 'stated by', kind: 'id' },
        { header: 'as', kind: 'number' },
        { header: 'valid', kind: 'id' },
        { header: 'source', kind: 'id' },
        { header: 'licence', kind: 'id' },
      ],
      rows.map(([first = '', ...rest]) => [`  ${first}`, ...rest]),
    )
  }
  const licences = new Set(work.parties.flatMap((party) => party.licences))
  for (const licence of licences) out.safe(`  ${licenceLine(licence, document)}`)
  const left = work.notCounted.length
  const leftRows = left === 1 ? '1 row is' : `${left} rows are`
  if (left > 0)
    out.line(`  ${leftRows} not counted (of another kind, of another role, or no claim); lookup shows them.`)
  for (const sentence of missingInWork(work)) out.safe(`  ${sentence}`)
}

/** `p1/x:licences:L1:0a1b…` is shown as L1: the whole statement id stands in the JSON. */
const licenceId = (statement: string): string => statement.split(':').slice(2, -1).join(':')

const licenceLine = (statement: string, { sources }: LicensedDocument): string =>
  `Licence ${licenceId(statement)} of ${sources[statement]?.feed ?? ''}, ${place(sources[statement])}`

const range = (floor: number, ceiling: number): string => (floor === ceiling ? String(ceiling) : `${floor}..${ceiling}`)

const capital = (text: string): string => `${text[0]?.toUpperCase() ?? ''}${text.slice(1)}`

const shown = (share: number | null): string => (share === null ? 'nothing' : `${share} %`)

/** A claim that is no longer made was withdrawn: not a sign that it was never made. */
const shownAfter = (share: number | null): string => (share === null ? 'withdrawn' : `${share} %`)

function printChanges({ changes, sources }: LicensedDocument, out: Output): void {
  if (changes === undefined) return
  out.line()
  out.line(out.colors.bold('What changed in between'))
  if (changes.length === 0) out.line('No receipt changed any claim, or what covers it.')
  for (const change of changes) {
    const { known, right, party, feed, before, after, classBefore, classAfter, statement } = change
    const what =
      before === after ? `${shown(after)} ${classBefore} -> ${classAfter}` : `${shown(before)} -> ${shownAfter(after)}`
    out.safe(`${known}  ${feed}: ${party.name} ${what} (${right})  [${place(sources[statement])}]`)
  }
}

function printCurve({ curve }: LicensedDocument, out: Output): void {
  if (curve === undefined) return
  out.line()
  out.line(out.colors.bold('What was known when'))
  out.table(
    [
      { header: 'known', kind: 'id' },
      { header: 'right', kind: 'id' },
      { header: 'licensed', kind: 'number' },
      { header: 'exempt', kind: 'number' },
      { header: 'unlicensed', kind: 'number' },
      { header: 'unknown', kind: 'number' },
      { header: 'disputed', kind: 'number' },
      { header: 'parties' },
    ],
    curve.flatMap(({ known, rights }) =>
      rights.map((right, index) => [
        index === 0 ? known : '',
        right.right,
        ...[right.licensed, right.exempt, right.unlicensed, right.unknown, right.disputed].map(String),
        right.works
          .flatMap(({ parties }) =>
            parties.map(({ party, floor, ceiling }) => `${party.name} ${range(floor, ceiling)}`),
          )
          .join(', '),
      ]),
    ),
  )
}

/** When what the answer says was first known: its status, and the claims that it counts. */
function printFirstKnown({ firstKnown, rights, sources }: LicensedDocument, out: Output): void {
  if (firstKnown === undefined) return
  out.line()
  for (const { right, status } of rights) {
    const name = RIGHT_NAMES[right] ?? right
    const first = firstKnown.find((entry) => entry.right === right && entry.status === status)
    if (first !== undefined) {
      out.line(`The ${name} was first known to be ${STATUS_WORDS[status] ?? status} on ${dayInWords(first.known)}.`)
    }
    for (const { known, party, feed, share, statement } of firstKnown.filter((entry) => entry.right === right)) {
      if (party === null || statement === null) continue
      const what = share === null ? 'a claim' : `${share} %`
      out.safe(
        `That ${feed} states ${what} of the ${name} for ${party.name} was first known on ${dayInWords(known)}  [${place(sources[statement])}]`,
      )
    }
  }
}

function printBasis({ basis, theories, known }: LicensedDocument, out: Output): void {
  out.line()
  out.line(`Theories: ${theories.join(', ')}. Generation ${basis.generation}, as known on ${dayInWords(known)}, from:`)
  out.table(
    [
      { header: '  feed', kind: 'id' },
      { header: 'snapshot', kind: 'id' },
    ],
    basis.feeds.map(({ feed, snapshot }) => [`  ${feed}`, snapshot]),
  )
}
