/** Recognises CWR by the first bytes of a file; names and extensions are not trusted. */
import { isCwr3Group, isCwr3Header } from './control.js'

const BYTE_ORDER_MARK = '\xef\xbb\xbf'
const FILE_HEADER = /^HDR(?:PB|SO|AA|WR|[0-9]{2})/
const GROUP_HEADER = /^GRH(?:NWR|REV|ISW|EXC|ACK|AGR)[0-9]{5}0[123]\.[0-9]{2}/

/**
 * Whether the first bytes of a file are CWR: true for 2.x, `cwr-3` for 3.x, false for anything else. The first record
 * must be a file header (HDR with a sender type or the first digits of an IPI number), or a group header where the
 * file header has been lost.
 */
export const looksLikeCwr = (head: Buffer): boolean | 'cwr-3' => {
  const text = head.toString('latin1')
  const lines = (text.startsWith(BYTE_ORDER_MARK) ? text.slice(BYTE_ORDER_MARK.length) : text).split(/\r?\n/)
  const [first = '', second = ''] = lines.filter((line) => line.trim() !== '')
  if (!FILE_HEADER.test(first) && !GROUP_HEADER.test(first)) return false
  return isCwr3Header(first) || isCwr3Group(first) || isCwr3Group(second) ? 'cwr-3' : true
}
