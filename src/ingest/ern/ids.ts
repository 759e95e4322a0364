/** Identifiers of ERN elements: which ones an element carries, and the keys that we make of them. */

import { parseIdentifier } from '../../model/identifiers/parse.js'
import type { IdentifierKind } from '../../model/identifiers/specs.js'
import { childrenOf, type XmlElement } from './element.js'

/** PADPIDA… without the `DPID:` that older messages put before it. */
export function withoutDpidPrefix(namespace: string): string {
  return namespace.trim().replace(/^DPID:/i, '')
}

/** An identifier that passes its check in normalised form, any other text as given. */
export function validOrGiven(kind: IdentifierKind, text: string): string {
  const { valid, normalised } = parseIdentifier(kind, text)
  return valid ? normalised : text.trim()
}

/** An identifier of the right pattern in normalised form, even with a wrong check digit: good enough to tell things apart. */
function comparableOrGiven(kind: IdentifierKind, text: string): string {
  const { problem, normalised } = parseIdentifier(kind, text)
  return problem === 'pattern' ? text.trim() : normalised
}

/** The texts of a kind of identifier in ReleaseId, ResourceId, …; those marked IsReplaced apart. */
export function idTexts(idElements: readonly XmlElement[], name: string): { current: string[]; replaced: string[] } {
  const texts = (replaced: boolean) => [
    ...new Set(
      idElements
        .filter(({ attributes }) => (attributes.IsReplaced === 'true') === replaced)
        .flatMap((id) => childrenOf(id, name))
        .map(({ text }) => text)
        .filter((text) => text !== ''),
    ),
  ]
  return { current: texts(false), replaced: texts(true) }
}

/**
 * Proprietary ids as `<namespace>:<id>`, without the `DPID:` before a namespace; an id without namespace is scoped by the
 * sender.
 */
export function proprietaryIds(idElements: readonly XmlElement[], name: string, sender: string): string[] {
  return idElements
    .filter(({ attributes }) => attributes.IsReplaced !== 'true')
    .flatMap((id) => childrenOf(id, name))
    .filter(({ text }) => text !== '')
    .map(({ attributes, text }) => `${withoutDpidPrefix(attributes.Namespace ?? '') || sender}:${text}`)
}

/**
 * The keys by which a release can be known, best first: ICPN (14 digits), GRid, ISRC, proprietary id, catalogue number.
 * Empty when the ReleaseId holds none.
 */
export function releaseKeys(idElements: readonly XmlElement[], sender: string): string[] {
  const keys = (name: string, kind: IdentifierKind) =>
    idTexts(idElements, name).current.map((text) => comparableOrGiven(kind, text))
  return [
    ...keys('ICPN', 'upc'),
    ...keys('GRid', 'grid'),
    ...keys('ISRC', 'isrc'),
    ...proprietaryIds(idElements, 'ProprietaryId', sender),
    ...proprietaryIds(idElements, 'CatalogNumber', sender),
  ]
}
