/** Node loader hooks for development: `.sql` files as modules that export their text. */
import { readFile } from 'node:fs/promises'

export async function load(url, context, nextLoad) {
  if (!new URL(url).pathname.endsWith('.sql')) return nextLoad(url, context)
  const text = await readFile(new URL(url), 'utf8')
  return { format: 'module', shortCircuit: true, source: `export default ${JSON.stringify(text)}` }
}
