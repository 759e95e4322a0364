/** Whether an ingest did its work: a fast run that lost rows is no measurement. */

/** The only rows that an ingest refuses: one of the society's shares in each instance of this story. */
const REFUSED_STORY = 'share-that-is-no-number'

/** Rows of a delivery's relation that are refused, by the truth. */
const refusedOf = (truth, { feed }, relation) =>
  feed === 'society/works' && relation === 'shares' ? truth.instances(REFUSED_STORY) : 0

/** What must be reported of a relation: all of its rows new, or the changes that the truth tells of. */
async function expectedOf(truth, delivery) {
  const changes = delivery.round > 1 ? await truth.changes(delivery) : null
  return Object.entries(delivery.relations).map(([relation, written]) => {
    const rows = written - refusedOf(truth, delivery, relation)
    const { create = 0, update = 0, delete: gone = 0 } = changes?.[relation] ?? {}
    return [relation, { rows, created: changes === null ? rows : create, updated: update, deleted: gone }]
  })
}

/**
 * Throws, with the first figure that differs, unless the document of an ingest tells of exactly these deliveries, each with
 * the rows that were written and the changes that are true.
 */
export async function checkIngest(stdout, deliveries, truth) {
  const { snapshots } = JSON.parse(stdout)
  if (snapshots.length !== deliveries.length)
    throw new Error(`${deliveries.length} deliveries, ${snapshots.length} ingested`)
  for (const delivery of deliveries) {
    const found = snapshots.find(
      ({ feed, published }) => feed === delivery.feed && published.slice(0, 10) === delivery.published,
    )
    for (const [relation, counts] of await expectedOf(truth, delivery)) {
      for (const [name, expected] of Object.entries(counts)) {
        const told = found?.relations[relation]?.[name]
        if (told === expected) continue
        throw new Error(`${delivery.folder}, ${relation}.${name}: ${expected} by the truth, ${told} ingested`)
      }
    }
  }
}
