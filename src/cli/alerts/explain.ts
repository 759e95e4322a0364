/** Rules in plain words, for the command. */
import { NotFoundError } from '../../errors.js'
import { nearestName } from '../../model/text/near-miss.js'
import type { Session } from '../session.js'
import { type ExplainDocument, explainDocument } from '../views/alerts/explain.js'
import { readRules } from './source.js'

/** Throws NotFoundError `unknown-rule`, InputError `bad-rules` where what is asked about cannot be understood. */
export async function explainFile(
  session: Session,
  args: { readonly rules: string; readonly rule?: string | undefined },
  flags: { readonly types?: readonly string[] | undefined },
): Promise<ExplainDocument> {
  const { badRules, compileRules, explainRule, ownTypes, testShape } = await import('../../alerts/index.js')
  const { withScratch } = await import('../../diff/index.js')
  const { typesOf } = await import('../diff-flags.js')
  const set = await readRules(session, args.rules)
  const wanted = set.rules.filter(({ id }) => args.rule === undefined || id === args.rule)
  if (wanted.length === 0 && set.problems.length === 0) {
    const near = nearestName(
      args.rule ?? '',
      set.rules.map(({ id }) => id),
    )
    throw new NotFoundError(`${args.rules} has no rule ${args.rule}.`, {
      code: 'unknown-rule',
      ...(args.rule === undefined ? {} : { excerpt: args.rule }),
      suggestions: near === undefined ? [] : [`Did you mean ${near}?`],
    })
  }
  return withScratch({ ...session.limits, folders: [], signal: session.signal }, async ({ db }) => {
    const shape = { ...testShape(set, new Map([...ownTypes(set), ...typesOf(flags.types)])), isOpen: true }
    const compiled = await compileRules(db, wanted.length === 0 ? set : { ...set, problems: [] }, shape, wanted)
    if (compiled.problems.length > 0) throw badRules(set.file, compiled.problems)
    const explanations = []
    for (const one of compiled.rules) explanations.push(await explainRule(db, one, set.match))
    return explainDocument(explanations)
  })
}
