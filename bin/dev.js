#!/usr/bin/env node
// Runs the TypeScript sources as they are, without a build.
const { register: registerHooks } = require('node:module')
const { join } = require('node:path')
const { pathToFileURL } = require('node:url')

process.env.NODE_ENV ??= 'development'
registerHooks('../scripts/sql-hooks.js', pathToFileURL(__filename))

const root = join(__dirname, '..')
const load = (path) => import(pathToFileURL(path).href)
async function start() {
  const { register } = await import('tsx/esm/api')
  register()
  const { manifestOf } = await import('../scripts/manifest.js')
  const { main } = await import('../src/cli/main.ts')
  await main({ root, load, manifest: await manifestOf(root, './src/commands') })
}
start()
