#!/usr/bin/env node
// Runs the TypeScript sources as they are, without a build.
import { register as registerHooks } from 'node:module'
import { fileURLToPath } from 'node:url'
import { register } from 'tsx/esm/api'

process.env.NODE_ENV ??= 'development'
registerHooks('../scripts/sql-hooks.js', import.meta.url)
register()

const { main } = await import('../src/cli/main.ts')
await main({ root: fileURLToPath(new URL('..', import.meta.url)), commandsFrom: './src/commands' })
