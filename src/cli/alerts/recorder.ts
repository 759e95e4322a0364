/** Alert rules in an ingest: evaluated on each new snapshot and recorded with it. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import { InputError } from '../../errors.js'
import type { OnFolded } from '../../ingest/index.js'
import type { Session } from '../session.js'
import type { AlertsOfIngest } from '../views/alerts/log.js'

/** Alerts that the answer of an ingest lists; all are recorded. */
const LISTED = 10_000

/** @param given rule file as typed; without one, the settings of each delivery name theirs */
export function alertRecorder(session: Session, given: string | undefined) {
  let told: AlertsOfIngest | null = null
  const onFolded: OnFolded = async (db, { id, feed, alertRules }) => {
    const path = given === undefined ? alertRules : resolve(session.cwd, given)
    if (path === null) return
    const { readRuleSet, recordAlerts, recordedAlerts } = await import('../../alerts/index.js')
    const { alertRows } = await import('../views/alerts/log.js')
    const text = textOf(path)
    const sha256 = createHash('sha256').update(text).digest('hex')
    const counts = await recordAlerts(db, { ...readRuleSet(text, basename(path)), sha256 }, { feed, id })
    if (counts === null) return
    const before = told ?? { raised: 0, suppressed: 0, listed: [] }
    const { alerts } = await recordedAlerts(db, { feed, snapshot: id, limit: LISTED - before.listed.length })
    told = {
      raised: before.raised + counts.raised,
      suppressed: before.suppressed + counts.suppressed,
      listed: [...before.listed, ...alertRows(alerts)],
    }
  }
  return { onFolded, alerts: () => told }
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (cause) {
    const file = basename(path)
    throw new InputError(`The rule file ${file} cannot be read.`, { code: 'unreadable', file, cause })
  }
}
