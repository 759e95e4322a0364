#!/usr/bin/env node
import { existsSync } from 'node:fs'
import module from 'node:module'
import { fileURLToPath } from 'node:url'

// Before anything is imported: libraries choose their build by it.
process.env.NODE_ENV ??= 'production'
// Absent before Node 22.8.
module.enableCompileCache?.()

const main = new URL('../dist/cli/main.js', import.meta.url)
if (existsSync(main)) {
  await (await import(main.href)).main({ root: fileURLToPath(new URL('..', import.meta.url)) })
} else {
  process.stderr.write('error: recital is not built yet\n  next: npm run build\n')
  process.exitCode = 70
}
