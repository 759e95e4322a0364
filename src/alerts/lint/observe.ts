/** What rules do on given changes. Nothing here is proved: other changes may behave otherwise, and the words say so. */
import type { Evidence } from '../../store/duckdb.js'
import { type CompiledRuleSet, isCounted } from '../compile/compile.js'
import { evaluate } from '../evaluate/evaluate.js'
import type { ChangeSource } from '../evaluate/source.js'
import { asFinding, type Level, type LintFinding } from './finding.js'

/** Two rules that match so much of the same say the same thing twice. */
const OVERLAP = 0.9
/** Fewer matches than this show nothing. */
const FEWEST = 5

export async function observed(db: Evidence, compiled: CompiledRuleSet, source: ChangeSource): Promise<LintFinding[]> {
  const evaluation = await evaluate(db, compiled, source)
  try {
    const found: LintFinding[] = []
    for (const [{ rule }, counts] of evaluation.counts) {
      const say = (level: Level, code: string, message: string) =>
        found.push(asFinding(rule.failure(['when'], `${message} (observed).`), level, code, rule.id))
      const { evaluated, matched, cannotEvaluate, shadowed } = counts
      if (evaluated === 0) continue
      if (matched === 0 && cannotEvaluate === 0)
        say('info', 'never-true-here', `true for none of the ${evaluated} that it looked at`)
      if (matched === evaluated && evaluated >= FEWEST)
        say('warning', 'always-true-here', `true for all of the ${evaluated} that it looked at`)
      if (cannotEvaluate > 0)
        say(
          'info',
          'cannot-evaluate',
          `cannot be evaluated for ${cannotEvaluate} of the ${evaluated} that it looked at`,
        )
      if (matched > 0 && shadowed === matched)
        say(
          'warning',
          'shadowed-here',
          `never the first that matches: all of its ${matched} matches went to earlier rules`,
        )
    }
    return [...found, ...(await overlaps(db, compiled, evaluation.hits))]
  } finally {
    await evaluation.dispose()
  }
}

async function overlaps(db: Evidence, { rules }: CompiledRuleSet, hits: string): Promise<LintFinding[]> {
  const single = rules.filter(({ rule }) => !isCounted(rule)).map(({ number }) => number)
  if (single.length < 2) return []
  const rows = await db.rows(
    `WITH own AS (SELECT rule_no, position FROM ${hits} WHERE verdict AND rule_no IN (${single.join(', ')})),
       counted AS (SELECT rule_no, count(*) AS n FROM own GROUP BY rule_no)
     SELECT a.rule_no AS a, b.rule_no AS b, count(*) AS both, any_value(ca.n) AS na, any_value(cb.n) AS nb
     FROM own a JOIN own b ON a.position = b.position AND a.rule_no < b.rule_no
       JOIN counted ca ON ca.rule_no = a.rule_no JOIN counted cb ON cb.rule_no = b.rule_no
     GROUP BY a.rule_no, b.rule_no HAVING count(*) >= ${FEWEST} AND count(*) > ${OVERLAP} * greatest(any_value(ca.n), any_value(cb.n))
     ORDER BY a, b`,
  )
  return rows.flatMap(({ a, b, both, na, nb }) => {
    const [first, second] = [a, b].map((number) => rules.find((one) => one.number === number)?.rule)
    if (first === undefined || second === undefined) return []
    const message = `matches the same changes as ${first.id}: ${both} of its ${nb} matches, and of the ${na} of the other (observed)`
    return [asFinding(second.failure(['when'], `${message}.`), 'warning', 'overlap', second.id)]
  })
}
