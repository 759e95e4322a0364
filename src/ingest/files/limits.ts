/** Limits for packed files: a small delivery must not be able to fill the disk. */
import { statfs } from 'node:fs/promises'
import { InputError } from '../../errors.js'

export interface UnpackLimits {
  /** Most bytes that one packed byte may become; Infinity lifts the limit. Default: 250. */
  readonly ratio?: number
  /** The ratio counts once this many bytes are unpacked. Default: 100 MB. */
  readonly ratioFrom?: number
  /** Bytes that must stay free on the disk of the temporary folder. Default: 64 MB. */
  readonly keepFree?: number
}

const RATIO = 250
const RATIO_FROM = 100_000_000
const KEEP_FREE = 64 * 1024 ** 2
/** Bytes written between two looks at the free disk. */
const LOOK_EVERY = 64 * 1024 ** 2

/** Watches the bytes that come out of one packed file. */
export class UnpackGuard {
  #lookedAt = 0

  constructor(
    private readonly name: string,
    private readonly folder: string,
    private readonly limits: UnpackLimits,
  ) {}

  /** Throws InputError `unpack-limit` when the file unpacks beyond the ratio, `disk-full` when there is no room. */
  async check(packed: number, unpacked: number): Promise<void> {
    const ratio = this.limits.ratio ?? RATIO
    if (unpacked > (this.limits.ratioFrom ?? RATIO_FROM) && unpacked > ratio * packed) {
      throw new InputError(`${this.name} unpacks to more than ${ratio} times its size; it was not read further.`, {
        code: 'unpack-limit',
        file: this.name,
        suggestions: ['Unpack the file yourself and ingest what it holds, if it is what it should be'],
      })
    }
    if (unpacked - this.#lookedAt < LOOK_EVERY) return
    this.#lookedAt = unpacked
    await this.needRoom(0)
  }

  /** Throws InputError `disk-full` when this many more bytes do not fit. */
  async needRoom(bytes: number): Promise<void> {
    const { bavail, bsize } = await statfs(this.folder)
    if (bavail * bsize - bytes >= (this.limits.keepFree ?? KEEP_FREE)) return
    throw new InputError(`The disk has no room to unpack ${this.name}.`, {
      code: 'disk-full',
      file: this.name,
      suggestions: ['Free some disk space', 'Unpack the file on another disk and ingest what it holds'],
    })
  }
}
