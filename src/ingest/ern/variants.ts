/**
 * Values that repeat for territories and languages. ERN 3 puts them into `…DetailsByTerritory` blocks, each of which may
 * hold only what differs; ERN 4 repeats the element with ApplicableTerritoryCode, LanguageAndScriptCode and IsDefault.
 */
import type { Variant } from './display.js'
import { childrenOf, textAt, type XmlElement } from './element.js'
import { territoriesOf, territoryCode } from './territories.js'

function attributesOf(element: XmlElement): Pick<Variant, 'territories' | 'label' | 'isDefault' | 'line'> {
  const { ApplicableTerritoryCode: territory = '', LanguageAndScriptCode: label, IsDefault } = element.attributes
  const territories = territory === '' ? '' : territoryCode(territory)
  return {
    territories,
    isDefault: IsDefault === 'true',
    line: element.line,
    ...(label === undefined ? {} : { label }),
  }
}

/** ERN 4 (and territory-free ERN 3): the children of that name. */
export function elementVariants(element: XmlElement, name: string): Variant[] {
  return childrenOf(element, name).map((child) => ({ ...attributesOf(child), value: child.text }))
}

/** The `ReleaseDetailsByTerritory`, `SoundRecordingDetailsByTerritory`, … of an ERN 3 element. */
export function territoryBlocks(element: XmlElement): { block: XmlElement; territories: string }[] {
  return element.children
    .filter(({ name }) => name.endsWith('DetailsByTerritory'))
    .map((block) => ({ block, territories: territoriesOf(block).text }))
}

/** ERN 3: the children of that name in every block; `labelAttribute` tells several of one block apart. */
export function blockVariants(element: XmlElement, name: string, labelAttribute?: string): Variant[] {
  return territoryBlocks(element).flatMap(({ block, territories }) =>
    childrenOf(block, name).map((child): Variant => {
      const label = labelAttribute === undefined ? undefined : child.attributes[labelAttribute]
      return { value: child.text, territories, line: child.line, ...(label === undefined ? {} : { label }) }
    }),
  )
}

interface TitleVariant extends Omit<Variant, 'value'> {
  title: string
  /** Sub-titles, joined: in practice the version, such as `Radio Edit`. */
  version: string
}

function titleIn(element: XmlElement, rest: Omit<Variant, 'value'>): TitleVariant {
  const subTitles = childrenOf(element, 'SubTitle').map(({ text }) => text)
  return { ...rest, title: textAt(element, 'TitleText'), version: subTitles.filter((text) => text !== '').join('; ') }
}

/**
 * The titles of a resource or release, the display titles first: ERN 4 DisplayTitle, else DisplayTitleText; ERN 3
 * ReferenceTitle, else the titles of the territory blocks. ERN 4 falls back to AdditionalTitle.
 */
export function titleVariants(element: XmlElement): TitleVariant[] {
  const titles = (name: string) => childrenOf(element, name).map((child) => titleIn(child, attributesOf(child)))
  const texts = elementVariants(element, 'DisplayTitleText').map(({ value, ...rest }) => ({
    ...rest,
    title: value,
    version: '',
  }))
  const choices = [
    titles('ReferenceTitle'),
    titles('DisplayTitle'),
    texts,
    blockTitles(element),
    titles('AdditionalTitle'),
  ]
  return choices.find((variants) => variants.some(({ title }) => title !== '')) ?? []
}

/** ERN 3: the titles of the territory blocks, each labelled with its TitleType. */
export function blockTitles(element: XmlElement): TitleVariant[] {
  return territoryBlocks(element).flatMap(({ block, territories }) =>
    childrenOf(block, 'Title').map((title) => {
      const { TitleType: label } = title.attributes
      return titleIn(title, { territories, line: title.line, ...(label === undefined ? {} : { label }) })
    }),
  )
}
