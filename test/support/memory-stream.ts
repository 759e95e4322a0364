import { Writable } from 'node:stream'

/** A stream that remembers what was written to it. */
export class MemoryStream extends Writable {
  text = ''

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.text += chunk.toString('utf8')
    done()
  }
}
