/** Everything known about a recording, by its ISRC. */
import { askColdAndWarm, askedRows } from '../support/asked.js'

/**
 * For warm.js: how many statements were found of each relation.
 * @public
 */
export async function asker(source) {
  const { lookup: ask } = await source('lookup/index.ts')
  return async (evidence, request) => {
    const { relations } = await ask(evidence, request)
    return Object.fromEntries(Object.entries(relations).map(([name, statements]) => [name, statements.length]))
  }
}

export const lookup = {
  name: 'lookup',
  isFlat: true,
  needs: ['next'],
  measure: (size) =>
    askColdAndWarm(size, {
      file: import.meta.url,
      coldArgs: ({ isrc }) => ['lookup', isrc],
      request: ({ isrc }) => ({ id: isrc }),
      check(questions, answers) {
        // The service states every recording that is asked about.
        const lost = questions.find((_, index) => !(answers[index].recordings > 0))
        if (lost !== undefined) throw new Error(`no recording was found for ${lost.isrc}`)
      },
    }),
  rows: askedRows('lookup', 'lookup', '<= 6'),
}
