/** Whether an ingest did its work: a fast run that lost rows is no measurement. */

/** What the plan says that an ingest must report for each relation. */
const EXPECTED = {
  first: ({ rows }) => ({ rows, created: rows, updated: 0, deleted: 0, unchanged: 0 }),
  second: ({ rows, created, updated, deleted }) => ({
    rows: rows + created - deleted,
    created,
    updated,
    deleted,
    unchanged: rows - updated - deleted,
  }),
}

/** Throws unless the document of an ingest says what the plan says, with the first figure that differs. */
export function checkIngest(stdout, delivery, plan) {
  const { snapshots } = JSON.parse(stdout)
  for (const [relation, counts] of Object.entries(plan)) {
    const reported = snapshots[0]?.relations[relation] ?? {}
    for (const [name, expected] of Object.entries(EXPECTED[delivery](counts))) {
      if (reported[name] === expected) continue
      throw new Error(`${delivery} delivery, ${relation}.${name}: planned ${expected}, ingested ${reported[name]}`)
    }
  }
}
