// Lets the measuring process load the TypeScript sources with their SQL files.
import { register } from 'node:module'

register('../../scripts/sql-hooks.js', import.meta.url)
