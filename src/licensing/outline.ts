/** What else may be asked about a recording: the days on which its evidence moved, the territories that it names. */
import { compareInstants } from '../model/dates/instants.js'
import { resolveTerritory } from '../model/territories/codes.js'
import { type Knowledge, resolveKnowledge } from '../store/evidence/knowledge.js'
import type { RecordingCase } from './ask.js'
import { knowledgeSteps } from './changes.js'

/**
 * Every date of knowledge worth asking about, oldest first: the days on which anything was received or withdrawn that bears
 * on the recording, the day of the workspace's last receipt, and the date asked for.
 */
export async function knowledgeDays(recording: RecordingCase, asked: Knowledge): Promise<readonly Knowledge[]> {
  const last = await resolveKnowledge(recording.db, undefined)
  const days = new Map([...knowledgeSteps(recording, last), last, asked].map((each) => [each.label, each]))
  return [...days.values()].sort((a, b) => compareInstants(a.before, b.before))
}

/** The countries that statements about the recording name by themselves, ISO alpha-2, in alphabetical order. */
export function namedTerritories({ statements }: RecordingCase): readonly string[] {
  const codes = new Set<string>()
  for (const { values } of statements) {
    for (const code of String(values.territories ?? '').split('|')) codes.add(code.trim().replace(/^!/, ''))
  }
  const named = [...codes].map(resolveTerritory).filter(({ kind }) => kind === 'country')
  return [...new Set(named.map(({ key }) => key))].sort()
}
