/** Counts the records of an Avro object container file from the headers of its blocks alone (Avro 1.11, "Object Container Files"). */
import { type FileHandle, open } from 'node:fs/promises'
import { InputError } from '../../errors.js'
import { unreadable } from '../files/chunks.js'

const SYNC_BYTES = 16
/** The longest zigzag varint of 64 bits. */
const LONG_BYTES = 10

export interface AvroBlocks {
  records: number
  /** As the header names it; `null` when it names none. */
  codec: string
  /** The schema as JSON text. */
  schema: string
}

class Walker {
  position = 0

  constructor(
    private readonly file: FileHandle,
    private readonly size: number,
    private readonly name: string,
  ) {}

  get isAtEnd(): boolean {
    return this.position === this.size
  }

  async bytes(length: number): Promise<Buffer> {
    if (length < 0 || this.position + length > this.size) throw this.cut()
    const buffer = Buffer.alloc(length)
    const { bytesRead } = await this.file.read(buffer, 0, length, this.position)
    if (bytesRead !== length) throw this.cut()
    this.position += length
    return buffer
  }

  /** A zigzag-coded whole number. */
  async long(): Promise<number> {
    const buffer = Buffer.alloc(LONG_BYTES)
    const { bytesRead } = await this.file.read(buffer, 0, LONG_BYTES, this.position)
    let value = 0n
    for (let index = 0; index < bytesRead; index += 1) {
      const byte = buffer[index] ?? 0
      value |= BigInt(byte & 0x7f) << BigInt(7 * index)
      if (byte < 0x80) {
        this.position += index + 1
        return Number((value >> 1n) ^ -(value & 1n))
      }
    }
    throw this.cut()
  }

  skip(length: number): void {
    if (length < 0 || this.position + length > this.size) throw this.cut()
    this.position += length
  }

  cut(): InputError {
    return damagedAvro(this.name, `it ends too early or is broken at byte ${this.position}`)
  }
}

export const damagedAvro = (name: string, why: string, cause?: unknown): InputError =>
  new InputError(`The Avro file ${name} is damaged: ${why}.`, {
    code: 'damaged',
    file: name,
    cause,
    suggestions: ['Ask for the file again or copy it again, and compare its size and check sum'],
  })

async function readMetadata(walker: Walker): Promise<Map<string, Buffer>> {
  const metadata = new Map<string, Buffer>()
  for (let entries = await walker.long(); entries !== 0; entries = await walker.long()) {
    // A negative count is followed by the size of the block in bytes.
    if (entries < 0) await walker.long()
    for (let entry = 0; entry < Math.abs(entries); entry += 1) {
      const key = await walker.bytes(await walker.long())
      metadata.set(key.toString('utf8'), await walker.bytes(await walker.long()))
    }
  }
  return metadata
}

/**
 * Walks the blocks of an Avro file without decoding them and returns the sum of their record counts.
 * Throws InputError `damaged` when it is cut or a block does not end with the file's sync marker; `unreadable`.
 */
export async function walkAvroBlocks(path: string, name: string): Promise<AvroBlocks> {
  const file = await open(path, 'r').catch((error: unknown) => {
    throw unreadable(name, error)
  })
  try {
    const walker = new Walker(file, (await file.stat()).size, name)
    walker.skip(4)
    const metadata = await readMetadata(walker)
    const sync = await walker.bytes(SYNC_BYTES)
    let records = 0
    while (!walker.isAtEnd) {
      const count = await walker.long()
      if (count < 0) throw walker.cut()
      records += count
      walker.skip(await walker.long())
      if (!(await walker.bytes(SYNC_BYTES)).equals(sync)) throw walker.cut()
    }
    const text = (key: string) => metadata.get(key)?.toString('utf8')
    return { records, codec: text('avro.codec') ?? 'null', schema: text('avro.schema') ?? 'null' }
  } finally {
    await file.close()
  }
}
