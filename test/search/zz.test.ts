import { it } from 'vitest'
import { buildIndex } from '../../src/search/index.js'
import { openWorkspace } from '../../src/store/workspace.js'
import { thisProcess } from '../support/workspaces.js'
it('x', async () => {
  const workspace = openWorkspace('/tmp/i8/.recital', thisProcess)
  let t = Date.now(); 
  const r = await buildIndex({ workspace, limits: {}, signal: new AbortController().signal, isRebuild: true,
    reporter: { phase: (w) => { console.log(w, Date.now() - t); t = Date.now() }, advance: () => {} } })
  console.log(r, Date.now() - t)
})
