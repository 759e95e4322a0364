/** `--accept-quarantine REASON --by NAME`: a decision that stands in the record needs both. */
import { UsageError } from '../errors.js'

/** The decision as given; undefined without one. Throws UsageError `no-reason` where one of the two is blank. */
export function overrideOf(
  reason: string | undefined,
  by: string | undefined,
): { readonly reason: string; readonly by: string } | undefined {
  if (reason === undefined || by === undefined) return undefined
  const given = { reason: reason.trim(), by: by.trim() }
  if (given.reason !== '' && given.by !== '') return given
  throw new UsageError('A quarantine is overruled by somebody, for a reason: neither can be blank.', {
    code: 'no-reason',
    suggestions: ['Write --accept-quarantine "the provider confirmed it" --by "Your Name"'],
  })
}
