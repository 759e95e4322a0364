import { test } from 'vitest'
import { temporaryFolder } from '../../support/workspaces.js'
import { writeBwarm } from '../../support/bwarm.js'
import { stageBwarm } from './kit.js'
import { CATALOGUE } from './catalogue.js'
test('x', async () => {
  const f = temporaryFolder()
  const files = writeBwarm(f + '/d', CATALOGUE, { version: '2.1' })
  const o = await stageBwarm(f, files)
  const out: unknown[] = [o.result, o.files.map((x) => [x.source.name, x.lines, x.tally, x.partial]), o.findings]
  for (const r of ['parties','works','recordings','links','shares']) out.push(await o.rows(r, '*'))
  out.push(await o.rejects())
  require('node:fs').writeFileSync('/tmp/bw/out.json', JSON.stringify(out, (k, v) => typeof v === 'bigint' ? Number(v) : v, 1))
})
