/** A transaction of a CWR file: its header and the details that follow it, read to the end before rows are made. */
import type { RecordSink } from '../reader.js'
import type { Refusal } from './entries.js'
import type { CwrRecord } from './record.js'

/**
 * One open transaction. `add` takes the next detail and says why it cannot be used (null: understood); `emit` writes
 * the rows once nothing more can follow. `cutShort` is true when the file ends or the transaction is too long.
 */
export interface Transaction {
  add(record: CwrRecord): Refusal | null
  emit(sink: RecordSink, cutShort: boolean): void
}

/** A transaction whose header could not be used: everything in it is refused for the same reason. */
export class RefusedTransaction implements Transaction {
  readonly #reason: string

  constructor(type: string, reason: string) {
    this.#reason = `its ${type} transaction header was refused: ${reason}`
  }

  add(): Refusal {
    return { reason: this.#reason }
  }

  emit(): void {}
}

/** Values and places of rows already given in a transaction, so that a party named twice is given once. */
export class Once {
  readonly #seen = new Set<string>()

  /** True the first time these parts come by. */
  first(...parts: readonly unknown[]): boolean {
    const text = JSON.stringify(parts)
    if (this.#seen.has(text)) return false
    this.#seen.add(text)
    return true
  }
}

/** Details in one line of text: `field value, field value | …`, in file order. */
export const describe = (records: readonly CwrRecord[]): string =>
  records
    .map((record) =>
      Object.entries(record.others([]))
        .map(([name, text]) => `${name} ${text}`)
        .join(', '),
    )
    .filter((text) => text !== '')
    .join(' | ')

/** The entries of an extra that state something; undefined when none does. */
export const extraOf = (cells: Readonly<Record<string, string>>): { extra?: Record<string, string> } => {
  const stated = Object.entries(cells).filter(([, text]) => text !== '')
  return stated.length === 0 ? {} : { extra: Object.fromEntries(stated) }
}
