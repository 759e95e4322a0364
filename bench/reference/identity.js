/**
 * Who is who at K. Ids are local to a feed; the same valid ISRC, ISWC, IPI name number, IPI base number or ISNI is the same
 * thing in every feed (contract 1), and so is whatever is the same as the same thing. Identity follows K (domain 3.3.11).
 */
import { codesIn } from './codes.js'

/** @typedef {import('./knowledge.js').Known} Known */

/** Things that turn out to be the same. */
class SameThings {
  /** @type {Map<string, string>} */
  #next = new Map()

  /** The one name under which a thing and all that are the same as it are known. @param {string} name */
  of(name) {
    let last = name
    for (let next = this.#next.get(last); next !== undefined; next = this.#next.get(last)) last = next
    if (last !== name) this.#next.set(name, last)
    return last
  }

  /** @param {string} one @param {string} other */
  join(one, other) {
    const [from, to] = [this.of(one), this.of(other)]
    if (from !== to) this.#next.set(from, to)
  }
}

const local = (kind, feed, id) => `${kind} ${feed} ${id}`

const partyCodes = ({ ipiName, ipiBase, isni }) => [
  ...codesIn('ipi-name', ipiName),
  ...codesIn('ipi-base', ipiBase),
  ...codesIn('isni', isni),
]

/** What stands in the place of an id that the feed does not have: an ISRC, ISWC or IPI. */
const REFERENCE_CODES = {
  party: (text) => [...codesIn('ipi-name', text), ...codesIn('ipi-base', text)],
  work: (text) => codesIn('iswc', text),
  recording: (text) => codesIn('isrc', text),
}

const isCode = (name) => /^(ipi-name|ipi-base|isni):/.test(name)

const RELATION_OF = { party: 'parties', work: 'works', recording: 'recordings' }

/** @typedef {'party' | 'work' | 'recording'} Kind */

export class Identity {
  #same = new SameThings()
  /** @type {Map<string, Set<string>>} kind and feed to the ids that the feed has */
  #ids = new Map()
  /** @type {Map<string, string>} what was found out already */
  #references = new Map()
  /** @type {Set<string>} things with a valid IPI or ISNI */
  #coded = new Set()
  /** @type {Set<string>} things that belong to a group */
  #grouped = new Set()

  /** @param {Known} known */
  constructor({ feeds }) {
    for (const [feed, relations] of feeds) {
      for (const [kind, relation] of Object.entries(RELATION_OF)) {
        this.#ids.set(`${kind} ${feed}`, new Set(relations[relation].map(({ id }) => id)))
      }
    }
    const coded = []
    const grouped = []
    for (const [feed, { parties, works, recordings }] of feeds) {
      for (const party of parties) {
        const me = local('party', feed, party.id)
        for (const code of partyCodes(party)) {
          this.#same.join(me, code)
          coded.push(me)
        }
        if (party.group !== '') {
          const group = this.#groupOf(feed, party.group)
          this.#same.join(me, group)
          grouped.push(me)
          if (isCode(group)) coded.push(me)
        }
      }
      for (const { id, iswc } of works) {
        for (const code of codesIn('iswc', iswc)) this.#same.join(local('work', feed, id), code)
      }
      for (const { id, isrc } of recordings) {
        for (const code of codesIn('isrc', isrc)) this.#same.join(local('recording', feed, id), code)
      }
    }
    for (const me of coded) this.#coded.add(this.#same.of(me))
    for (const me of grouped) this.#grouped.add(this.#same.of(me))
  }

  /** The group that a text names: a party of the feed, a party known by its IPI, or a name local to the feed (decision 4). */
  #groupOf(feed, text) {
    if (this.#ids.get(`party ${feed}`)?.has(text)) return local('party', feed, text)
    return REFERENCE_CODES.party(text)[0] ?? local('group', feed, text)
  }

  /**
   * What a reference names, before it is known what else is the same: the feed's own id if the feed has it, else the
   * code that it is, else the id all the same.
   * @param {Kind} kind
   * @param {string} feed
   * @param {string} text
   */
  reference(kind, feed, text) {
    const own = local(kind, feed, text)
    const known = this.#references.get(own)
    if (known !== undefined) return known
    const isOwn = this.#ids.get(`${kind} ${feed}`)?.has(text) === true
    const found = isOwn ? own : (REFERENCE_CODES[kind](text)[0] ?? own)
    this.#references.set(own, found)
    return found
  }

  /** The one name of the thing that a reference names. @param {Kind} kind @param {string} feed @param {string} text */
  of(kind, feed, text) {
    return this.#same.of(this.reference(kind, feed, text))
  }

  /** The thing with a code, e.g. `isrc:…`. @param {string} code */
  ofCode(code) {
    return this.#same.of(code)
  }

  /** Whether a party has a valid IPI or ISNI. @param {string} party one name, as `of` gives it */
  hasCode(party) {
    return this.#coded.has(party) || isCode(party)
  }

  /** Whether a party is a group. @param {string} party */
  isGroup(party) {
    return this.#grouped.has(party)
  }
}
