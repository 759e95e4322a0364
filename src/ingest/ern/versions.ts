/** ERN versions, by the last part of the root element's namespace; `MessageSchemaVersionId` may disagree with it. */

/** `http://ddex.net/xml/ern/382`; up to 3.3 `http://ddex.net/xml/2011/ern-main/33`. */
const NAMESPACE = /^https?:\/\/ddex\.net\/xml\/(?:[0-9]{4}\/)?ern(?:-main)?\/([0-9]+)\/?$/

export type MessageKind = 'new' | 'purge'

const KINDS: Readonly<Record<string, MessageKind>> = { NewReleaseMessage: 'new', PurgeReleaseMessage: 'purge' }

/** Versions whose paths we know. 3.4, 3.5, 3.6, 3.7.1 and 4.3.1 keep the paths of their neighbours. */
const KNOWN = new Set('33 34 341 35 351 36 37 371 38 381 382 383 41 411 42 43 431 432'.split(' '))

/** Digits of the version in an ERN namespace (`382`); null for any other namespace. */
export function ernVersion(namespace: string): string | null {
  return NAMESPACE.exec(namespace)?.[1] ?? null
}

export function messageKind(rootName: string): MessageKind | null {
  return KINDS[rootName] ?? null
}

export function isKnownVersion(version: string): boolean {
  return KNOWN.has(version)
}

/** A version as people write it: `382` is 3.8.2. */
export function versionName(version: string): string {
  return [...version].join('.')
}
