/** Found by fuzzing on a busy machine: a packed file may show its damage before the file it unpacks to is open. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { describe, expect, it, vi } from 'vitest'
import { unpack } from '../../src/ingest/files/index.js'
import { zipBytes } from '../property/table-files.js'
import { temporaryFolder } from '../support/workspaces.js'

vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof import('node:fs/promises')>()
  const open: typeof real.open = async (path, flags, mode) => {
    if (flags === 'wx') await setTimeout(100)
    return real.open(path, flags, mode)
  }
  return { ...real, open }
})

async function refusal(name: string, content: Buffer): Promise<unknown> {
  const folder = temporaryFolder()
  writeFileSync(join(folder, name), content)
  try {
    for await (const { source } of unpack(join(folder, name), folder)) return `${source.name} was unpacked`
  } catch (error) {
    return error
  }
  return undefined
}

describe('a damaged packed file on a slow disk', () => {
  it('gzip: is refused and does not end the process', async () => {
    const packed = gzipSync('party_id,name\nP1,Ada\n')
    // The check sum stands eight bytes before the end.
    packed.writeUInt8(packed.readUInt8(packed.length - 8) ^ 0xff, packed.length - 8)
    expect(await refusal('parties.csv.gz', packed)).toMatchObject({ code: 'damaged' })
  })

  it('zip: is refused and does not end the process', async () => {
    const packed = await zipBytes({ 'parties.csv': 'party_id,name\nP1,Ada\n'.repeat(50) })
    // The first byte of the packed data, behind the local header (30 bytes) and the name: an invalid block type.
    packed.writeUInt8(0xff, 30 + 'parties.csv'.length)
    expect(await refusal('delivery.zip', packed)).toMatchObject({ code: 'damaged' })
  })
})
