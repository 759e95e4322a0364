/**
 * The `chain` of share rows: one text for the rows of owner, administrator and sub-publisher about one slice of a work.
 *
 * CWR numbers the chains of publishers, but the numbers hold inside one file only. The text is therefore made of who
 * the chain is about: `publisher <original publisher>`, and ` for <writers>` when PWR records tell whom the chain
 * represents (the same publisher may stand in two chains of one work, for two writers). A writer is a chain of its own,
 * `writer <writer>`: the writer's ownership and collection concern the writer's own part, not the publisher's.
 * Two chains that still have one text (a writer named twice for two parts, a publisher in two chains without PWR) get
 * ` #2`, ` #3` in the order of their contents, so that equal shares are not taken for one row given twice, and the
 * texts stay the same when a later file renumbers or reorders its records.
 */
import { type Entry, RIGHTS } from './entries.js'
import { partyText } from './parties.js'

interface Chain {
  text: string
  members: Entry[]
}

const byText = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0)

/** Publisher type; an OPU without one is an original publisher (the field is optional there). */
export const publisherType = ({ record }: Entry): string =>
  record.get('publisher_type') || (record.type === 'OPU' ? 'E' : '')

/** Chain text by publisher and writer entry, for one registration. */
export const chainTexts = (publishers: readonly Entry[], writers: readonly Entry[]): Map<Entry, string> => {
  const groups = publisherGroups(publishers)
  const represented = writersByGroup(groups, writers)
  const chains: Chain[] = [
    ...groups.map((members) => ({ members, text: publisherChainText(members, represented.get(members) ?? []) })),
    ...writers.map((writer) => ({ members: [writer], text: `writer ${partyText(writer.party)}` })),
  ]
  const texts = new Map<Entry, string>()
  for (const { text, members } of toldApart(chains)) for (const member of members) texts.set(member, text)
  return texts
}

/**
 * Publishers by chain number. Without a number a record of type E or AQ opens a chain, and the others (administrator,
 * sub-publisher) belong to the chain above them.
 */
const publisherGroups = (publishers: readonly Entry[]): Entry[][] => {
  const groups: Entry[][] = []
  const numbered = new Map<number, Entry[]>()
  let unnumbered: Entry[] = []
  const open = (): Entry[] => {
    const group: Entry[] = []
    groups.push(group)
    return group
  }
  for (const publisher of publishers) {
    const number = Number(publisher.record.get('chain_sequence'))
    if (number > 0) {
      const group = numbered.get(number) ?? open()
      numbered.set(number, group)
      group.push(publisher)
    } else {
      const opens = unnumbered.length === 0 || ['E', 'AQ'].includes(publisherType(publisher))
      if (opens) unnumbered = open()
      unnumbered.push(publisher)
    }
  }
  return groups
}

/** The writers whom each group represents, as far as PWR records tell it without doubt. */
const writersByGroup = (groups: readonly Entry[][], writers: readonly Entry[]): Map<Entry[], string[]> => {
  const naming = new Map<string, Set<Entry[]>>()
  for (const group of groups) for (const { party } of group) setOf(naming, party.number).add(group)
  const found = new Map<Entry[], string[]>()
  for (const { party, representations } of writers) {
    for (const representation of representations) {
      const candidates = [...(naming.get(representation.get('publisher_number')) ?? [])]
      const chain = Number(representation.get('chain_sequence'))
      const numbered = candidates.filter(([first]) => Number(first?.record.get('chain_sequence')) === chain)
      // CWR 2.1 has no chain number in PWR: a publisher of two chains then leaves open which one is meant.
      const [only, ...others] = chain > 0 && numbered.length > 0 ? numbered : candidates
      if (only !== undefined && others.length === 0) listOf(found, only).push(partyText(party))
    }
  }
  return found
}

const setOf = <K, V>(map: Map<K, Set<V>>, key: K): Set<V> => {
  const set = map.get(key) ?? new Set<V>()
  map.set(key, set)
  return set
}

const listOf = <K, V>(map: Map<K, V[]>, key: K): V[] => {
  const list = map.get(key) ?? []
  map.set(key, list)
  return list
}

const publisherChainText = (members: readonly Entry[], writers: readonly string[]): string => {
  const ofType = (type: string) => members.filter((member) => publisherType(member) === type)
  const heads = [ofType('E'), ofType('AQ'), ofType('PA'), members.slice(0, 1)].find((each) => each.length > 0) ?? []
  const head = distinct(heads.map(({ party }) => partyText(party))).join(' + ')
  return writers.length === 0 ? `publisher ${head}` : `publisher ${head} for ${distinct(writers).join('; ')}`
}

const distinct = (texts: readonly string[]): string[] => [...new Set(texts)].sort(byText)

/** What a chain says, without anything that is local to the file. */
const contents = ({ members }: Chain): string =>
  JSON.stringify(
    members
      .map(({ record, party, territories }) => [
        partyText(party),
        record.get('publisher_type') + record.get('designation'),
        RIGHTS.map((right) => record.cell(`${right}_share`)),
        territories.map(({ record: line, include, territory }) => [
          include,
          territory,
          RIGHTS.map((right) => line.cell(`${right}_share`)),
        ]),
      ])
      .map((member) => JSON.stringify(member))
      .sort(byText),
  )

const toldApart = (chains: readonly Chain[]): Chain[] => {
  const byChainText = new Map<string, Chain[]>()
  for (const chain of chains) listOf(byChainText, chain.text).push(chain)
  return [...byChainText.values()].flatMap((same) =>
    same
      .map((chain) => ({ chain, says: same.length > 1 ? contents(chain) : '' }))
      .sort((left, right) => byText(left.says, right.says))
      .map(({ chain }, index) => (index === 0 ? chain : { ...chain, text: `${chain.text} #${index + 1}` })),
  )
}
