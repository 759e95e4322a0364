/**
 * Makes the few fixtures that are no text: one gzip file, one zip archive, and two damaged archives. All of them are stored
 * without compression and with a fixed time, so that the bytes are the same on every machine and readable in a hex viewer.
 * `--check` writes nothing and fails when a file in `fixtures/` differs.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { ZipFile } from 'yazl'

const folder = fileURLToPath(new URL('../fixtures', import.meta.url))
const text = (...lines) => Buffer.from(`${lines.join('\n')}\n`)

/** Streams per recording: some in the gap between two licences, some after it. */
const usage = text(
  'recording_id,territory,period,streams,use',
  'r3,FR,2020-02-10,1200,on-demand-stream',
  'r3,FR,2020-03-05,300,on-demand-stream',
  'r1,US,2019-06,5000,on-demand-stream',
  'r9,DE,2019-06-01,80,on-demand-stream',
)

const societyDump = {
  'feed.yaml': text('feed: smba/works', 'published: 2019-03-01'),
  'recordings.csv': text('recording_id,title,isrc', 'SR-03,Sixty Days of Fog,ZZRCL1800003'),
  'right_weights.csv': text(
    'territories,mech,perf,valid_from,valid_to',
    'FR,0.5,0.5,2018-01-01,',
    'DE,0.3333,0.6667,2018-01-01,2020-01-01',
  ),
}

const damaged = text('work_id,title', 'W-1,This row must not be taken', 'W-2,for a whole file')

/** A gzip file of stored blocks; byte 9 names the system that wrote it, which must not depend on ours. */
function gzip(bytes) {
  const packed = gzipSync(bytes, { level: 0 })
  packed[9] = 255
  return packed
}

async function zip(members) {
  const archive = new ZipFile()
  // The time is written as local time of day: noon is the same day in every zone.
  const mtime = new Date(2019, 2, 1, 12, 0, 0)
  for (const [name, bytes] of Object.entries(members)) {
    archive.addBuffer(bytes, name, { mtime, mode: 0o100644, compress: false, forceDosTimestamp: true })
  }
  archive.end()
  const pieces = []
  for await (const piece of archive.outputStream) pieces.push(piece)
  return Buffer.concat(pieces)
}

/** yazl refuses names that leave the folder, so one of the same length is written over a harmless one. */
function renamed(archive, from, to) {
  if (from.length !== to.length) throw new Error('both names must have one length')
  return Buffer.from(archive.toString('latin1').replaceAll(from, to), 'latin1')
}

const packedDamaged = gzip(damaged)
const files = {
  'catalogue/service/2021-07-01/usage.csv.gz': gzip(usage),
  'catalogue/society/2019-03-01/delivery.zip': await zip(societyDump),
  'broken/truncated-gz/works.csv.gz': packedDamaged.subarray(0, packedDamaged.length - 20),
  'broken/zip-traversal/delivery.zip': renamed(await zip({ 'in/works.csv': damaged }), 'in/works.csv', '../works.csv'),
}

const isCheck = process.argv.includes('--check')
for (const [name, bytes] of Object.entries(files)) {
  const file = join(folder, name)
  if (!isCheck) {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, bytes)
  } else if (!readFileSync(file).equals(bytes)) {
    console.error(`fixtures/${name} is not what scripts/make-fixtures.js makes`)
    process.exitCode = 1
  }
}
