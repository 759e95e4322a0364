/** Resources of a message in compact form. Only sound recordings and videos become rows; the others are counted. */
import { chooseVariant, Extra, type Variant } from './display.js'
import { childrenOf, textAt, type XmlElement } from './element.js'
import { idTexts, proprietaryIds } from './ids.js'
import { type ErnParty, namedParty, partyIn } from './parties.js'
import { territoriesOf } from './territories.js'
import { blockTitles, blockVariants, elementVariants, territoryBlocks, titleVariants } from './variants.js'

export interface ErnEdition {
  isrcs: string[]
  /** `<namespace>:<id>`. */
  proprietary: string[]
  extra: Readonly<Record<string, string>>
}

export interface ErnResource {
  line: number
  /** Element name: SoundRecording, Video, Image, Text, … */
  element: string
  reference: string
  isRecording: boolean
  /** One per set of ids: one before ERN 4.3, one per edition since; never empty. */
  editions: ErnEdition[]
  iswcs: string[]
  title: string
  version: string
  artist: string
  /** xs:duration as given. */
  duration: string
  /** ERN 3 states labels on recordings too. */
  label: string
  parties: ErnParty[]
  extra: Readonly<Record<string, string>>
  /** The record itself, kept only where it may have to be rejected. */
  source: XmlElement | null
}

const RECORDINGS = ['SoundRecording', 'Video']

function readEdition(resource: XmlElement, holder: XmlElement, sender: string): ErnEdition {
  const ids = childrenOf(holder, 'ResourceId', `${resource.name}Id`)
  const isrcs = idTexts(ids, 'ISRC')
  const proprietary = proprietaryIds(ids, 'ProprietaryId', sender)
  const extra = new Extra()
  for (const replaced of isrcs.replaced) extra.add('replaced_isrc', replaced)
  for (const id of proprietary) extra.add('proprietary_id', id)
  for (const id of proprietaryIds(ids, 'CatalogNumber', sender)) extra.add('catalog_number', id)
  for (const line of [...childrenOf(holder, 'PLine'), ...blockPLines(holder)]) {
    extra.add('p_line', pLineText(textAt(line, 'Year'), textAt(line, 'PLineText')))
  }
  if (holder !== resource) extra.add('edition_type', textAt(holder, 'Type'))
  return { isrcs: isrcs.current, proprietary, extra: extra.cells }
}

/** The text of a (P) line; the year before it unless it is there already. */
const pLineText = (year: string, text: string): string => (text.includes(year) ? text : `${year} ${text}`.trim())

const blockPLines = (holder: XmlElement): XmlElement[] =>
  territoryBlocks(holder).flatMap(({ block }) => childrenOf(block, 'PLine'))

/** Names of the artists with the main role (all when none has it), for messages that give no display name. */
function artistNames(holder: XmlElement, parties: ReadonlyMap<string, XmlElement>): string {
  const artists = childrenOf(holder, 'DisplayArtist').map((artist) => {
    const party = parties.get(textAt(artist, 'ArtistPartyReference')) ?? artist
    const roles = childrenOf(artist, 'ArtistRole', 'DisplayArtistRole').map(({ text }) => text)
    return { name: textAt(party, 'PartyName', 'FullName'), isMain: roles.includes('MainArtist') }
  })
  const main = artists.filter(({ isMain }) => isMain)
  const names = (main.length > 0 ? main : artists).map(({ name }) => name)
  return [...new Set(names)].filter((name) => name !== '').join(', ')
}

function artistVariants(resource: XmlElement, parties: ReadonlyMap<string, XmlElement>): Variant[] {
  const named = elementVariants(resource, 'DisplayArtistName')
  const blocks = territoryBlocks(resource).map(({ block, territories }): Variant => {
    const value = textAt(block, 'DisplayArtistName') || artistNames(block, parties)
    return { value, territories, line: block.line }
  })
  const variants = [...named, ...blocks]
  return variants.some(({ value }) => value !== '')
    ? variants
    : [{ value: artistNames(resource, parties), territories: '' }]
}

/** Who controls rights in the recording (or, ERN 4, in the work): name, role, share and where, as one text each. */
function readControllers(resource: XmlElement, extra: Extra): ErnParty[] {
  const holders = [resource, ...territoryBlocks(resource).map(({ block }) => block)]
  return holders.flatMap((holder) =>
    childrenOf(holder, 'RightsController', 'ResourceRightsController', 'WorkRightsController').flatMap((controller) => {
      const isWork = controller.name === 'WorkRightsController'
      const role = textAt(controller, 'RightsControllerRole') || controller.name
      const party = partyIn(controller, role, isWork ? 'publisher' : 'label')
      if (party === null) return []
      const share = textAt(controller, 'RightSharePercentage')
      const territories = territoriesOf(holder === resource ? controller : holder).text
      const facts = [party.name, role, share === '' ? '' : `${share} %`, territories].filter((fact) => fact !== '')
      extra.add(isWork ? 'work_rights_controllers' : 'rights_controllers', facts.join(', '))
      return [party]
    }),
  )
}

function readTitle(resource: XmlElement, extra: Extra): { title: string; version: string } {
  const whole = (title: string, version: string) => (version === '' ? title : `${title} (${version})`)
  const variants = titleVariants(resource)
  const choice = chooseVariant(
    variants.map((variant) => ({ ...variant, value: whole(variant.title, variant.version) })),
  )
  const shown = variants.find(({ title, version }) => whole(title, version) === choice.chosen?.value)
  extra.addOthers('title', choice)
  for (const { title, version, territories, label } of blockTitles(resource)) {
    const other = { value: whole(title, version), territories, ...(label === undefined ? {} : { label }) }
    if (other.value !== '') extra.addOthers('title', { chosen: choice.chosen, others: [other] })
  }
  for (const { value } of elementVariants(resource, 'DisplayTitleText')) {
    if (value !== choice.chosen?.value) extra.add('display_title', value)
  }
  return { title: shown?.title ?? '', version: shown?.version ?? '' }
}

/**
 * The facts of one child of ResourceList.
 * @param sender DPID that scopes proprietary ids without a namespace
 */
export function readResource(
  resource: XmlElement,
  parties: ReadonlyMap<string, XmlElement>,
  sender: string,
): ErnResource {
  const { name, line } = resource
  const extra = new Extra()
  extra.add('resource', name)
  extra.add('resource_type', textAt(resource, 'Type') || textAt(resource, `${name}Type`))
  extra.add('resource_reference', textAt(resource, 'ResourceReference'))
  extra.add('version_type', textAt(resource, 'VersionType'))
  const editions = childrenOf(resource, `${name}Edition`)
  const artist = chooseVariant(artistVariants(resource, parties))
  const labels = blockVariants(resource, 'LabelName', 'LabelNameType')
  const label = chooseVariant(labels)
  const { title, version } = readTitle(resource, extra)
  const controllers = readControllers(resource, extra)
  extra.addOthers('artist', artist)
  extra.addOthers('label', label)
  return {
    line,
    element: name,
    reference: textAt(resource, 'ResourceReference'),
    isRecording: RECORDINGS.includes(name),
    editions: (editions.length > 0 ? editions : [resource]).map((holder) => readEdition(resource, holder, sender)),
    iswcs: idTexts(childrenOf(resource, 'WorkId', `Indirect${name}Id`), 'ISWC').current,
    title,
    version,
    artist: artist.chosen?.value ?? '',
    duration: textAt(resource, 'Duration'),
    label: label.chosen?.value ?? '',
    parties: [...labels.map(({ value, line: at }) => namedParty(value, at ?? line, 'LabelName')), ...controllers],
    extra: extra.cells,
    source: title === '' ? resource : null,
  }
}
