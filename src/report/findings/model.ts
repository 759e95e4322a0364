/** What was collected in an investigation, ready to be written. */
export interface Finding {
  readonly kind: string
  readonly id: string
  readonly title: string
  /** Title of the view. */
  readonly view: string
  /** The command that prints the same. */
  readonly command: string
  /** What the view said, line by line. */
  readonly lines: readonly string[]
  /** Notes that are not privileged. */
  readonly notes: readonly string[]
}

export interface FindingsReport {
  readonly program: string
  /** The generation of the evidence, and the date of knowledge. */
  readonly generation: string
  readonly known: string
  readonly findings: readonly Finding[]
}
