/** Cuts a byte stream into physical lines, holding one line at most and never more than a bounded part of it. */

export interface PhysicalLine {
  /** From 1. */
  number: number
  /** Without LF and without one CR before it; at most `KEPT_BYTES` when the line was too long. */
  bytes: Buffer
  /** Longer than any CWR record can be: the rest of it was skipped. */
  overlong: boolean
  /** False for a last line after which the file simply ends. */
  terminated: boolean
}

/** The longest record of CWR 2.2 (NAT) has 663 characters; four bytes each and a generous tail stay far below. */
export const LONGEST_LINE = 65_536
/** What is kept of a line that is too long: enough for the first 10,000 characters of any encoding. */
const KEPT_BYTES = 40_000

const LF = 0x0a
const CR = 0x0d

/** Line cutter: feed it chunks in order, then call `end` once; both return the lines completed by the call. */
export class LineCutter {
  #parts: Buffer[] = []
  #held = 0
  #overlong = false
  #number = 0

  push(chunk: Buffer): PhysicalLine[] {
    const lines: PhysicalLine[] = []
    let from = 0
    for (let at = chunk.indexOf(LF); at !== -1; at = chunk.indexOf(LF, from)) {
      this.#hold(chunk.subarray(from, at))
      lines.push(this.#complete(true))
      from = at + 1
    }
    this.#hold(chunk.subarray(from))
    return lines
  }

  end(): PhysicalLine[] {
    return this.#held === 0 ? [] : [this.#complete(false)]
  }

  #hold(part: Buffer): void {
    if (part.length === 0 || this.#overlong) return
    this.#held += part.length
    // A copy, because a producer may reuse its chunk while the line is still open.
    this.#parts.push(Buffer.from(part))
    // The final CR of a line of exactly the limit does not make it too long.
    if (this.#held > LONGEST_LINE + 1) {
      this.#overlong = true
      this.#parts = [Buffer.concat(this.#parts).subarray(0, KEPT_BYTES)]
    }
  }

  #complete(terminated: boolean): PhysicalLine {
    const [only] = this.#parts
    const all = this.#parts.length === 1 && only !== undefined ? only : Buffer.concat(this.#parts)
    const bytes = !this.#overlong && all.at(-1) === CR ? all.subarray(0, -1) : all
    this.#number += 1
    const line = { number: this.#number, bytes, overlong: this.#overlong, terminated }
    this.#parts = []
    this.#held = 0
    this.#overlong = false
    return line
  }
}
