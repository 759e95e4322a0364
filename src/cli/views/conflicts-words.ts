/** Conflicts in words: subject, where and when, by how much, since when. */
import type { ConflictJson, SubjectJson } from './conflicts-document.js'
import { count } from './words.js'

export function subjectInWords({ kind, iswc, isrc, ipi, title, id, feed }: SubjectJson): string {
  const code = iswc ?? isrc ?? ipi ?? `${feed ?? ''} ${id}`.trim()
  if (kind === 'work' || kind === 'recording' || kind === 'party') return `${title ?? 'without a name'} ${code}`
  return `${kind} ${code}`
}

const open = (day: string | null): string => day ?? ''

/** `WORLD|!US, 2018-07-01 to 2020-01-01`; empty where the conflict has neither. */
export function cellInWords({ territories, from, to }: ConflictJson): string {
  const where = territories.join('|')
  const when =
    from === null && to === null
      ? ''
      : to === null
        ? `from ${from}`
        : from === null
          ? `until ${to}`
          : `${from} to ${to}`
  return [where, when].filter((part) => part !== '').join(', ')
}

/** Units of magnitudes that are no percent of a work. */
const UNITS: Readonly<Record<string, (total: number) => string>> = {
  'C-DAT-02': (days) => `${count(days)} days`,
  'C-DAT-04': (days) => `${count(days)} days back`,
  'C-LIC-05': (days) => `${count(days)} days late`,
  'C-LIC-07': (licensors) => `${licensors} licensors`,
  'C-ID-01': (seconds) => `${count(seconds)} s apart`,
  'C-ID-02': (codes) => `${codes} ISRCs`,
  'C-LNK-02': (readings) => `${readings} readings`,
  'C-LNK-03': (sum) => `weights sum to ${sum}`,
}

/** The figures with their arithmetic: `800 % claimed, 700 over 100`. */
export function magnitudeInWords({ id, magnitude }: ConflictJson): string {
  const { total, over } = magnitude
  if (total === null) return ''
  const unit = UNITS[id]
  if (unit !== undefined) return unit(total)
  if (id === 'C-SHR-05') return `${total} % at most, ${over} less elsewhere`
  if (id === 'C-SHR-04' || id.startsWith('C-SNP-0') || id === 'C-PTY-04') return `${total} %`
  if (over !== null && over > 0) return `${total} % claimed, ${over} over 100`
  if (over !== null && over < 0) return `${total} % claimed, ${-over} missing`
  return `${total} %`
}

export function knownInWords({ knownFrom, knownTo }: ConflictJson): string {
  if (knownFrom === null && knownTo === null) return 'known since the first receipt'
  return knownTo === null
    ? `stands since the receipt of ${open(knownFrom)}`
    : `stood from the receipt of ${open(knownFrom)} to that of ${knownTo}`
}
