/** Things seen on many lines of a file that deserve one note, not thousands. */
import type { Finding } from '../reader.js'

interface Observation {
  finding: Finding
  times: number
}

/** Counts observations by code and reports each code once, at its first line, with the number of lines. */
export class Observations {
  readonly #seen = new Map<string, Observation>()

  add(finding: Finding): void {
    const known = this.#seen.get(finding.code)
    if (known === undefined) this.#seen.set(finding.code, { finding, times: 1 })
    else known.times += 1
  }

  report(note: (finding: Finding) => void): void {
    for (const { finding, times } of this.#seen.values()) {
      const more = times === 1 ? '' : `; ${times} lines in all, this is the first`
      note({ ...finding, message: finding.message + more })
    }
  }
}
