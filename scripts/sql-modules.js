/** `node --import ./scripts/sql-modules.js`: from then on `.sql` files are modules, as in the built program. */
import { register } from 'node:module'

register('./sql-hooks.js', import.meta.url)
