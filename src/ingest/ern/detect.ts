/** Telling an ERN message from its first bytes. */
import { XmlDecoder } from './encoding.js'
import { ernVersion, messageKind } from './versions.js'

/** What may stand before the root element: blanks, processing instructions, comments, a DOCTYPE (refused later). */
const PROLOG = /^(?:\s+|<\?[\s\S]*?\?>|<!--[\s\S]*?-->|<!DOCTYPE(?:[^[>]|\[[^\]]*\])*>)/

const ROOT = /^<(?:([\w.-]+):)?([\w.-]+)\b([^>]*)/

function afterProlog(text: string): string {
  let rest = text.replace(/^\ufeff/, '')
  for (let part = PROLOG.exec(rest); part !== null; part = PROLOG.exec(rest)) rest = rest.slice(part[0].length)
  return rest
}

/**
 * Whether the first bytes of a file (a few kilobytes) begin a NewReleaseMessage or PurgeReleaseMessage in a DDEX ERN
 * namespace of any version; byte order marks, UTF-16 and comments before the root are tolerated.
 */
export function looksLikeErn(head: Buffer): boolean {
  const root = ROOT.exec(afterProlog(new XmlDecoder().write(head, true).text))
  if (root === null) return false
  const [, prefix, name = '', attributes = ''] = root
  if (messageKind(name) === null) return false
  const declaration = prefix === undefined ? 'xmlns' : `xmlns:${prefix.replaceAll('.', '\\.')}`
  const namespace = new RegExp(`\\s${declaration}\\s*=\\s*["']([^"']*)["']`).exec(attributes)?.[1] ?? ''
  return ernVersion(namespace) !== null
}
