/** One message in memory, in compact form: everything that references may point at, until the message has ended well. */
import { isPurgedRelease } from './count.js'
import { type ErnReleaseDeal, readReleaseDeal } from './deals.js'
import { childrenOf, textAt, type XmlElement } from './element.js'
import { releaseKeys } from './ids.js'
import { type ErnHeader, readHeader } from './parties.js'
import { type ErnRelease, readRelease } from './releases.js'
import { type ErnResource, readResource } from './resources.js'
import type { MessageKind } from './versions.js'

/** A release that PurgeReleaseMessage says should never have been sent. */
export interface PurgedRelease {
  line: number
  keys: string[]
  title: string
  source: XmlElement
}

export interface MessageFacts {
  /** Name by which people know the file. */
  file: string
  kind: MessageKind
  version: string
  header: ErnHeader
  /** Records other than the message itself. */
  records: number
  /** UpdateIndicator of ERN 3. */
  updateIndicator: string
  resources: ErnResource[]
  releases: ErnRelease[]
  releaseDeals: ErnReleaseDeal[]
  purged: PurgedRelease[]
}

function readPurged(element: XmlElement, sender: string): PurgedRelease {
  const keys = releaseKeys(childrenOf(element, 'ReleaseId'), sender)
  return { line: element.line, keys, title: textAt(element, 'Title', 'TitleText'), source: element }
}

/** Takes the facts out of each element as it ends. */
export class MessageCollector {
  readonly facts: MessageFacts
  readonly #parties = new Map<string, XmlElement>()

  constructor(file: string, kind: MessageKind, version: string) {
    const header = readHeader(undefined)
    this.facts = {
      file,
      kind,
      version,
      header,
      records: 0,
      updateIndicator: '',
      resources: [],
      releases: [],
      releaseDeals: [],
      purged: [],
    }
  }

  get #sender(): string {
    return this.facts.header.senderDpid
  }

  section(element: XmlElement): void {
    if (element.name === 'MessageHeader') this.facts.header = readHeader(element)
    else if (element.name === 'UpdateIndicator') this.facts.updateIndicator = element.text
    else if (isPurgedRelease(element.name)) {
      this.facts.records++
      this.facts.purged.push(readPurged(element, this.#sender))
    }
  }

  record(list: string, element: XmlElement): void {
    this.facts.records++
    if (list === 'PartyList') this.#parties.set(textAt(element, 'PartyReference'), element)
    else if (list === 'ResourceList') this.facts.resources.push(readResource(element, this.#parties, this.#sender))
    else if (list === 'ReleaseList') this.facts.releases.push(readRelease(element, this.#parties, this.#sender))
    else if (element.name === 'ReleaseDeal') this.facts.releaseDeals.push(readReleaseDeal(element))
  }
}
