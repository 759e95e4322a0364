/** Lines and records counted once more, by means that share no code with the program. */

/** Physical lines of a text: ended by LF, or by CR in a text without LF; the last one may have no end. */
export function countLines(bytes: Buffer): number {
  const text = bytes.toString('latin1')
  const ends = text.includes('\n') ? '\n' : text.includes('\r') ? '\r' : '\n'
  const lines = text.split(ends)
  return lines.length - (lines.at(-1) === '' ? 1 : 0)
}

/** The same where nothing but LF ends a line. */
export function countLineFeedLines(bytes: Buffer): number {
  const lines = bytes.toString('latin1').split('\n')
  return lines.length - (lines.at(-1) === '' ? 1 : 0)
}

const NO_TAGS = /<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<\?[\s\S]*?\?>/g
const TAG = /<(\/?)(?:[^\s/>"'=]*:)?([^\s/>"'=]+)((?:"[^"]*"|'[^']*'|[^>"'])*)>/g

/**
 * Records of a well-formed DDEX ERN message: the message itself, each child of a top-level element whose name ends in
 * List, each top-level PurgedRelease.
 */
export function countRecords(xml: string): number {
  const open: string[] = []
  let records = 1
  for (const [, slash, name = '', rest = ''] of xml.replace(NO_TAGS, '').matchAll(TAG)) {
    if (slash === '/') {
      open.pop()
      continue
    }
    if (open.length === 1 && name === 'PurgedRelease') records += 1
    if (open.length === 2 && open[1]?.endsWith('List')) records += 1
    if (!rest.endsWith('/')) open.push(name)
  }
  return records
}
