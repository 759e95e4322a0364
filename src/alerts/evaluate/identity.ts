/** Which alerts are about the same thing: a text made of the values of the key, the group, or chosen columns. */
import { type ChangeSet, changeColumn } from '../../model/change-set.js'
import { quoted } from '../../store/columns.js'
import { type CompiledRule, isCounted } from '../compile/compile.js'
import { groupColumn } from '../compile/scope.js'

/** JSON list of texts: no two different lists of values give one text, and an empty value is not the text `null`. */
const identityOf = (columns: readonly string[]): string =>
  columns.length === 0 ? "'[]'" : `to_json([${columns.map((name) => `${quoted(name)}::VARCHAR`).join(', ')}])::VARCHAR`

/** Flat columns that tell what an alert of a rule is about. */
export const subjectColumns = ({ rule }: CompiledRule, { key }: ChangeSet): string[] =>
  isCounted(rule) ? rule.groupBy.map(groupColumn) : key.map((name) => changeColumn('key', name))

/** SQL of what an alert is about, for what comes after it: the columns of `dedupe`, else the key or group. */
export const dedupeIdentity = (compiled: CompiledRule, changes: ChangeSet): string =>
  identityOf(compiled.dedupeBy === null ? subjectColumns(compiled, changes) : compiled.dedupeBy.map(({ flat }) => flat))

/** SQL of what an alert is about, as other rules see it. */
export const subjectIdentity = (compiled: CompiledRule, changes: ChangeSet): string =>
  identityOf(subjectColumns(compiled, changes))

/**
 * SQL list of what an alert of `compiled` would be about in the terms of `suppressor`: a change belongs to the groups of
 * its row before and after.
 */
export function identitiesAs(compiled: CompiledRule, suppressor: CompiledRule, changes: ChangeSet): string {
  if (suppressor.rule.on === 'group' && !isCounted(compiled.rule)) {
    const side = (which: 'before' | 'after') =>
      identityOf(suppressor.rule.groupBy.map((name) => changeColumn(which, name)))
    return `CASE op WHEN 'create' THEN [${side('after')}] WHEN 'delete' THEN [${side('before')}] ELSE [${side('before')}, ${side('after')}] END`
  }
  if (suppressor.rule.on === 'snapshot') return "['[]']"
  return `[${subjectIdentity(compiled, changes)}]`
}
