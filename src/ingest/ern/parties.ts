/** Parties of a message: the sender, labels and rights controllers, inline (ERN 3) or from the PartyList (ERN 4). */
import { childOf, childrenOf, textAt, type XmlElement } from './element.js'
import { validOrGiven, withoutDpidPrefix } from './ids.js'

export interface ErnParty {
  /** `dpid:…`, `isni:…`, `ipi:…`, else `name:` and the name in upper case. */
  partyId: string
  name: string
  ipiNameNumber: string
  isni: string
  kind: 'label' | 'publisher'
  line: number
  /** What it is in this message, e.g. `MessageSender`, `RightsController`. */
  role: string
}

const looksLikeDpid = (text: string): boolean => /^(DPID:)?PA-?DPIDA/i.test(text.trim())

interface GivenIds {
  dpid: string
  isni: string
  ipi: string
}

/** ERN 3 tells by attribute what a PartyId is, ERN 4 by child element; in a MessageHeader it is always a DPID. */
function givenIds(element: XmlElement, isHeader: boolean): GivenIds {
  const ids = childrenOf(element, 'PartyId')
  const plain = (wanted: (id: XmlElement) => boolean) => ids.find((id) => id.text !== '' && wanted(id))?.text ?? ''
  const flagged = (name: string) => (id: XmlElement) => id.attributes[name] === 'true'
  const isDpid = (id: XmlElement) =>
    (isHeader && !flagged('IsISNI')(id)) || flagged('IsDPID')(id) || looksLikeDpid(id.text)
  return {
    dpid: textAt(element, 'PartyId', 'DPID') || plain(isDpid),
    isni: textAt(element, 'PartyId', 'ISNI') || plain(flagged('IsISNI')),
    ipi: textAt(element, 'PartyId', 'IpiNameNumber'),
  }
}

const canonicalName = (name: string): string => name.normalize('NFC').replace(/\s+/g, ' ').trim().toUpperCase()

function partyId({ dpid, isni, ipi }: GivenIds, name: string): string {
  if (dpid !== '') return `dpid:${validOrGiven('dpid', withoutDpidPrefix(dpid))}`
  if (isni !== '') return `isni:${validOrGiven('isni', isni)}`
  if (ipi !== '') return `ipi:${validOrGiven('ipi-name', ipi)}`
  return `name:${canonicalName(name)}`
}

/** A party known by its name alone, such as an ERN 3 LabelName. */
export function namedParty(name: string, line: number, role: string): ErnParty {
  const id = partyId({ dpid: '', isni: '', ipi: '' }, name)
  return { partyId: id, name, ipiNameNumber: '', isni: '', kind: 'label', line, role }
}

/** The party described inside an element; null when it has neither name nor id. */
export function partyIn(element: XmlElement, role: string, kind: ErnParty['kind'] = 'label'): ErnParty | null {
  const ids = givenIds(element, element.name === 'MessageSender' || element.name === 'SentOnBehalfOf')
  const name =
    textAt(element, 'PartyName', 'FullName') ||
    textAt(element, 'PartyName', 'KeyName') ||
    textAt(element, 'TradingName')
  const anyId = ids.dpid || ids.isni || ids.ipi
  if (name === '' && anyId === '') return null
  const { isni, ipi } = ids
  // A party without a name is shown by its id: the plain tables want a name.
  return { partyId: partyId(ids, name), name: name || anyId, ipiNameNumber: ipi, isni, kind, line: element.line, role }
}

export interface ErnHeader {
  messageId: string
  /** MessageCreatedDateTime as given. */
  created: string
  sender: ErnParty | null
  onBehalfOf: ErnParty | null
  /** DPID of the sender as given, without `DPID:`. */
  senderDpid: string
}

/** The facts of a MessageHeader; all empty when there is none. */
export function readHeader(header: XmlElement | undefined): ErnHeader {
  const party = (name: string) => {
    const element = childOf(header, name)
    return element === undefined ? null : partyIn(element, name)
  }
  const sender = childOf(header, 'MessageSender')
  return {
    messageId: textAt(header, 'MessageId'),
    created: textAt(header, 'MessageCreatedDateTime'),
    sender: party('MessageSender'),
    onBehalfOf: party('SentOnBehalfOf'),
    senderDpid: sender === undefined ? '' : withoutDpidPrefix(givenIds(sender, true).dpid),
  }
}
