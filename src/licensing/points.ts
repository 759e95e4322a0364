/** What is asked of the relations: rights, theories, and which territory texts cover the asked territories. */
import { literal } from '../store/columns.js'

/** Tables that say what is asked, but for `asked_recordings` and `points`. */
export function sqlAsked(rights: readonly string[], theories: readonly string[]): string {
  const values = (texts: readonly string[]) => texts.map((text) => `(${literal(text)})`).join(', ')
  return `CREATE OR REPLACE TEMP TABLE asked_rights AS SELECT * FROM (VALUES ${values(rights)}) AS r("right");
    CREATE OR REPLACE TEMP TABLE theories AS SELECT * FROM (VALUES ${values(theories)}) AS t(name)`
}

/** Which texts cover a cell, when; `cells` is an SQL relation with a column `cell`. */
export const sqlTerritoryCells = (
  cells: string,
): string => `SELECT s.territories, c.cell, s.valid_from AS "from", s.valid_to AS "to"
  FROM territory_sets AS s JOIN ${cells} AS c ON get_bit(s.atoms, c.cell) = 1 WHERE s.territories <> 'WORLD'
  UNION ALL SELECT w.territories, c.cell, NULL, NULL FROM (SELECT 'WORLD' AS territories) AS w CROSS JOIN ${cells} AS c`
