import { readFileSync } from 'node:fs'
import { defineConfig, type Plugin } from 'vitest/config'

/** `.sql` files as their text, the same as the build gives them. */
const sqlAsText: Plugin = {
  name: 'sql-as-text',
  enforce: 'pre',
  load(id) {
    if (!id.endsWith('.sql')) return null
    return { code: `export default ${JSON.stringify(readFileSync(id, 'utf8'))}`, map: null }
  },
}

export default defineConfig({
  plugins: [sqlAsText],
  test: {
    include: ['test/**/*.test.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 180_000,
    hookTimeout: 120_000,
    reporters: ['default', './test/support/plain-reporter.ts'],
  },
})
