#!/usr/bin/env node
const { existsSync } = require('node:fs')
const { join } = require('node:path')
const { loaderOf } = require('./load.js')

// Before anything is loaded: libraries choose their build by it.
process.env.NODE_ENV ??= 'production'

const root = join(__dirname, '..')
const main = join(root, 'dist/cli/main.js')
if (existsSync(main)) {
  const load = loaderOf(join(root, 'dist'))
  load(main).main({ root, load })
} else {
  process.stderr.write('error: recital is not built yet\n  next: npm run build\n')
  process.exitCode = 70
}
