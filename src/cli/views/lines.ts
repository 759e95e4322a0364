/** What a view prints, as lines of a width: so that a screen shows the very words of the command. */
import { Writable } from 'node:stream'
import { Output } from '../output.js'

class Collector extends Writable {
  text = ''

  override _write(chunk: Buffer | string, _encoding: BufferEncoding, done: () => void): void {
    this.text += String(chunk)
    done()
  }
}

/** Without colours; lines longer than the width are left whole. */
export function linesOf(print: (out: Output) => void, width: number): string[] {
  const collector = new Collector({ decodeStrings: false })
  print(new Output(collector, { level: 0, width }))
  return collector.text.replace(/\n$/, '').split('\n')
}
