/**
 * Identities as numbers. A catalogue compares them many times, and a number takes a tenth of what a name does; the name of a
 * recording is put back when its degree is stored. A number holds for as long as the catalogue is seen as it is.
 */
import type { Evidence } from '../../store/duckdb.js'

/**
 * Puts numbers for names in the tables of identities. Recordings count up in the order of their names, which
 * `recording_names` keeps; works count down, as a licence lists both; parties are texts still, beside which `public domain`
 * stands, but short ones.
 */
export async function numberIdentities(db: Evidence): Promise<void> {
  await db.run(`CREATE OR REPLACE TEMP TABLE recording_names AS
      SELECT row_number() OVER (ORDER BY name) AS recording, name FROM (SELECT DISTINCT recording AS name FROM recording_identities);
    ${renamed('recording', 'SELECT name, recording FROM recording_names')};
    ${renamed('work', 'SELECT name, -row_number() OVER () AS work FROM (SELECT DISTINCT work AS name FROM work_identities)')};
    ${renamed('party', "SELECT name, 'p' || row_number() OVER () AS party FROM (SELECT DISTINCT party AS name FROM party_identities)")}`)
}

const renamed = (thing: 'recording' | 'work' | 'party', names: string): string =>
  `CREATE OR REPLACE TEMP TABLE ${thing}_identities AS
     SELECT i.feed, i.id, n.${thing} FROM ${thing}_identities AS i JOIN (${names}) AS n ON n.name = i.${thing}`
