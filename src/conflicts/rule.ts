/** A rule: what it is called, how grave it is, the relation that finds it, and what an analyst does next. */

/** 1 blocks an exhibit figure, 2 changes a figure, 3 warns, 4 is hygiene (domain.md 2). */
export type Severity = 1 | 2 | 3 | 4

export interface Rule {
  /** `C-SHR-01` */
  readonly id: string
  readonly name: string
  readonly severity: Severity
  /**
   * `cells`: its relation has one row per (target, cell, day, right), which are joined to findings afterwards; `rows`: one
   * row is one finding.
   */
  readonly kind: 'cells' | 'rows'
  /** Relations without any row of which nothing can be found. */
  readonly reads: readonly string[]
  /** `deliveries`: nothing that it finds is about one recording, work or party. */
  readonly about: 'things' | 'deliveries'
  /** What `total` and `over` of its magnitude mean. */
  readonly magnitude: string
  /** `required`: only with streams at stake; `own`: the relation counts them itself. */
  readonly streams: 'at-stake' | 'required' | 'own'
  readonly next: string
  readonly sql: string
}

/** Reads the header of a rule's file: `-- word: text` in its first lines. */
export function parseRule(sql: string): Rule {
  const words = new Map([...sql.matchAll(/^-- (\w+): (.*)$/gm)].map(([, word, text]) => [word ?? '', text ?? '']))
  const get = (word: string): string => words.get(word) ?? ''
  const streams = get('streams')
  return {
    id: get('rule'),
    name: get('name'),
    severity: Number(get('severity')) as Severity,
    kind: get('kind') === 'cells' ? 'cells' : 'rows',
    reads: get('reads') === 'any' ? [] : get('reads').split(' '),
    about: get('about') === 'deliveries' ? 'deliveries' : 'things',
    magnitude: get('magnitude'),
    streams: streams === 'required' || streams === 'own' ? streams : 'at-stake',
    next: get('next'),
    sql,
  }
}

/** Rules about who holds what: where all parties are licensed they are a question of payment only. */
export const PAYMENT_RULES = ['C-SHR-01', 'C-SHR-02', 'C-SHR-05', 'C-SHR-07', 'C-TER-01', 'C-DAT-01', 'C-PTY-03']
