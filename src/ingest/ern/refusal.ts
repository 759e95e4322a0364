/** Why a whole message is refused: half a message must not act. */

export type RefusalCode = 'malformed' | 'doctype' | 'encoding' | 'too-deep' | 'too-large' | 'not-ern' | 'version'

/** The longest raw text that a reject keeps, in characters. */
export const REJECT_TEXT_LIMIT = 10_000

/** Thrown inside the reader at the first thing for which a message cannot be read; turned into one reject. */
export class ErnRefusal extends Error {
  constructor(
    readonly code: RefusalCode,
    message: string,
    /** Place in the decoded text, both from 1. */
    readonly line: number,
    readonly column: number,
  ) {
    super(message)
    this.name = 'ErnRefusal'
  }
}
