/**
 * Everything known about what was found: from recordings to their works, from works to their recordings, shares,
 * claimants and licences. The same valid ISRC, ISWC, IPI or ISNI means the same thing in every feed, so the other
 * providers' statements come along, side by side.
 */
import { validIdentifiers } from '../model/identifiers/parse.js'
import { NO_LICENSOR } from '../store/evidence/pointers.js'
import type { Statement } from '../store/evidence/statements.js'
import type { Gathering, Wanted } from './gathering.js'
import { asIdentifiers, identifiersIn, type LocalId, localIds, localSubjects, textOf } from './local-ids.js'

/** The recordings named by links, with the same ISRC in every feed. */
export async function gatherRecordings(all: Gathering, links: readonly Statement[]): Promise<Statement[]> {
  const ids = localIds(links, 'recording_id')
  const named = await all.read('recordings', localSubjects('recordings', ids))
  const isrcs = new Set([...identifiersIn(named, 'isrc'), ...asIdentifiers('isrc', ids)])
  return all.read('recordings', await all.follow({ identifiers: { isrc: isrcs } }))
}

/** The works of recordings: links, then works with the same ISWC in every feed. */
export async function gatherWorks(
  all: Gathering,
  recordings: readonly Statement[],
  feeds: readonly string[],
): Promise<void> {
  const own = localIds(recordings, 'recording_id')
  const same = await all.follow({ identifiers: { isrc: identifiersIn(recordings, 'isrc') } })
  const [links] = await Promise.all([
    all.read('links', [...localSubjects('links', own), ...same]),
    all.read('usage', [...localSubjects('usage', own), ...same]),
  ])
  await gatherSameWorks(all, localIds(links, 'work_id'), [], feeds)
}

/** Works by local id and by ISWC, in every feed, with their shares. */
export async function gatherSameWorks(
  all: Gathering,
  ids: readonly LocalId[],
  iswcs: readonly string[],
  feeds: readonly string[],
): Promise<void> {
  const [named, ownShares] = await Promise.all([
    all.read('works', localSubjects('works', ids)),
    all.read('shares', localSubjects('shares', ids)),
    all.read('acknowledgements', localSubjects('acknowledgements', ids)),
  ])
  const codes = new Set([...iswcs, ...identifiersIn(named, 'iswc'), ...asIdentifiers('iswc', ids)])
  const [mentions] = await Promise.all([
    all.follow({ identifiers: { iswc: codes } }),
    // Nearly always these are all claimants; what is read here is not read again below.
    gatherParties(all, localIds(ownShares, 'party_id'), () => all.followAhead(leadsToLicences(all, feeds))),
  ])
  const same = await all.read('works', mentions)
  const works = localIds([...named, ...same], 'work_id')
  const [shares] = await Promise.all([
    all.read('shares', [...localSubjects('shares', [...works, ...ids]), ...mentions]),
    all.read('acknowledgements', localSubjects('acknowledgements', works)),
  ])
  await gatherParties(all, localIds(shares, 'party_id'))
}

/** Claimants by local id and by IPI or ISNI, in every feed; `meanwhile` begins what needs those with local ids alone. */
export async function gatherParties(
  all: Gathering,
  ids: readonly LocalId[],
  meanwhile = (): void => undefined,
): Promise<void> {
  all.readAhead(localSubjects('parties', ids))
  const named = await all.read('parties', localSubjects('parties', ids))
  const ipis = new Set([...identifiersIn(named, 'ipi_name_number'), ...asIdentifiers('ipi-name', ids)])
  const mentions = all.follow({ identifiers: { 'ipi-name': ipis, isni: identifiersIn(named, 'isni') } })
  meanwhile()
  await all.read('parties', await mentions)
}

/** Pointers to licences: whose repertoire lists what was found, or whose licensor is one of these parties or anybody. */
function leadsToLicences(all: Gathering, feeds: readonly string[]): Wanted {
  const [recordings, works, parties] = [all.of('recordings'), all.of('works'), all.of('parties')]
  return {
    identifiers: {
      isrc: identifiersIn(recordings, 'isrc'),
      iswc: identifiersIn(works, 'iswc'),
      'ipi-name': identifiersIn(parties, 'ipi_name_number'),
    },
    references: {
      item: [...localIds(recordings, 'recording_id'), ...localIds(works, 'work_id')],
      licensor: [...localIds(parties, 'party_id'), ...feeds.map((feed) => [feed, NO_LICENSOR] as const)],
    },
  }
}

/** Licences that list what was found, whose licensor is a claimant or represents one, and those for everything. */
export async function gatherLicences(all: Gathering, feeds: readonly string[]): Promise<void> {
  const own = localIds(all.of('parties'), 'party_id')
  const [direct, affiliations] = await Promise.all([
    all.follow(leadsToLicences(all, feeds)),
    all.read('affiliations', localSubjects('affiliations', own)),
  ])
  const represented = await all.follow({ references: { licensor: localIds(affiliations, 'licensor_party_id') } })
  const subjects = [...direct, ...represented]
  const [licences] = await Promise.all([all.read('licences', subjects), all.read('takedowns', subjects)])
  const known = new Set(own.map(([feed, id]) => `${feed} ${id}`))
  const others = localIds(licences, 'licensor_party_id').filter(([feed, id]) => !known.has(`${feed} ${id}`))
  if (others.length > 0) await gatherParties(all, others)
}

/** Links to works, from the works' side. */
export async function gatherLinksOfWorks(all: Gathering): Promise<Statement[]> {
  const works = all.of('works')
  const subjects = await all.follow({
    identifiers: { iswc: identifiersIn(works, 'iswc') },
    references: { work: localIds(works, 'work_id') },
  })
  return all.read('links', subjects)
}

/** Shares of parties, from the parties' side: by local id and by IPI; the works' other shares are left out. */
export async function gatherSharesOfParties(all: Gathering): Promise<void> {
  const parties = all.of('parties')
  const ids = localIds(parties, 'party_id')
  const ipis = new Set(identifiersIn(parties, 'ipi_name_number'))
  const wanted = new Set(ids.map(([feed, id]) => `${feed} ${id}`))
  const subjects = await all.follow({
    identifiers: { 'ipi-name': ipis },
    references: { party: ids },
    claims: true,
  })
  await all.read('shares', subjects, { column: 'party_id', texts: [...ids.map(([, id]) => id), ...ipis] })
  // A local id may mean somebody else in another feed.
  all.keep('shares', (statement) => {
    const id = textOf(statement, 'party_id') ?? ''
    return wanted.has(`${statement.source.feed} ${id}`) || validIdentifiers('ipi-name', id).some((ipi) => ipis.has(ipi))
  })
  await all.read('works', localSubjects('works', localIds(all.of('shares'), 'work_id')))
}
