/** What `recital alerts explain` answers. */
import type { Explanation } from '../../../alerts/index.js'
import type { Output } from '../../output.js'

export interface ExplainDocument {
  kind: 'recital.alerts.explain'
  version: 1
  rules: {
    rule: string
    title: string
    file: string
    line: number
    sentences: readonly string[]
    conditions: Explanation['conditions']
  }[]
}

export const explainDocument = (explanations: readonly Explanation[]): ExplainDocument => ({
  kind: 'recital.alerts.explain',
  version: 1,
  rules: explanations.map(({ rule, sentences, conditions }) => ({
    rule: rule.id,
    title: rule.title,
    file: rule.place.file,
    line: rule.place.line,
    sentences,
    conditions,
  })),
})

export function printExplain({ rules }: ExplainDocument, out: Output): void {
  for (const [index, { rule, title, file, line, sentences, conditions }] of rules.entries()) {
    if (index > 0) out.line()
    out.safe(`${rule}: ${title}  (${file}:${line})`)
    for (const sentence of sentences) out.safe(`  ${sentence}`)
    out.line('  The condition:')
    for (const { depth, text } of conditions) out.safe(`    ${'  '.repeat(depth)}${depth > 0 ? '- ' : ''}${text}`)
  }
}
