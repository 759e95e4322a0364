/** Deals of a message in compact form: what a label lets a service do with the resources of a release, where and when. */
import { childOf, childrenOf, isTrue, textAt, type XmlElement } from './element.js'
import { type GivenTerritories, territoriesOf } from './territories.js'
import { dayOf, exclusiveEndOfDate, exclusiveEndOfDateTime } from './values.js'

interface ErnPeriod {
  /** First day; `''` = not stated. */
  from: string
  /** Day after the last; `''` = not stated. */
  to: string
  /** Texts of the file where `from` or `to` says something else. */
  raw: Readonly<Record<string, string>>
}

/** One set of terms for one period. */
export interface ErnDeal {
  line: number
  /** ERN 3 orders to stop, instead of allowing a use. */
  takedown: 'TakeDown' | 'AllDealsCancelled' | null
  territories: GivenTerritories
  period: ErnPeriod
  /** `<model>/<use>`, `channel:<name>`, `channel:!<name>`, `pre-order`: sorted, each once. */
  uses: string[]
  /** ERN 3 ResourceUsage limits the use to some resources of the release; null = all of them. */
  resources: string[] | null
  extra: Readonly<Record<string, string>>
}

export interface ErnReleaseDeal {
  line: number
  /** DealReleaseReference: local to the message. */
  releases: string[]
  deals: ErnDeal[]
}

/** The text, or for `UserDefined` what the sender defined. */
function codeText({ text, attributes }: XmlElement): string {
  const own = attributes.UserDefinedValue
  return text === 'UserDefined' && own !== undefined ? `UserDefined:${own}` : text
}

const codes = (element: XmlElement, name: string): string[] =>
  childrenOf(element, name)
    .map(codeText)
    .filter((text) => text !== '')

function readPeriod(period: XmlElement): ErnPeriod {
  const raw: Record<string, string> = {}
  const keep = (column: string, given: string, value: string): string => {
    if (given !== value) raw[column] = given
    return value
  }
  const [startDate, startTime] = [textAt(period, 'StartDate'), textAt(period, 'StartDateTime')]
  const [endDate, endTime] = [textAt(period, 'EndDate'), textAt(period, 'EndDateTime')]
  const start = startDate || startTime
  const end = endDate === '' ? exclusiveEndOfDateTime(endTime) : exclusiveEndOfDate(endDate)
  return {
    from: keep('valid_from', start, dayOf(start)),
    to: keep('valid_to', endDate || endTime, end),
    raw,
  }
}

function channels(terms: XmlElement): string[] {
  const names = (name: string) =>
    childrenOf(terms, name).map(
      (channel) =>
        textAt(channel, 'PartyName', 'FullName') ||
        textAt(channel, 'TradingName') ||
        textAt(channel, 'PartyId', 'DPID') ||
        textAt(channel, 'PartyId'),
    )
  return [
    ...names('DistributionChannel').map((name) => `channel:${name}`),
    ...names('ExcludedDistributionChannel').map((name) => `channel:!${name}`),
  ]
}

function usesText(terms: XmlElement, useTypes: readonly string[]): string[] {
  const models = codes(terms, 'CommercialModelType')
  const pairs = models.length === 0 ? useTypes : models.flatMap((model) => useTypes.map((use) => `${model}/${use}`))
  const uses = [...(useTypes.length === 0 ? models : pairs), ...channels(terms)]
  if (isTrue(terms, 'IsPreOrderDeal')) uses.push('pre-order')
  return [...new Set(uses)].sort()
}

/** Use types with the resources they are limited to. ERN 3 wraps them into Usage, ERN 4 does not. */
function usages(deal: XmlElement, terms: XmlElement): { useTypes: string[]; resources: string[] | null }[] {
  const within = (holder: XmlElement) => [
    ...codes(holder, 'UseType'),
    ...childrenOf(holder, 'Usage').flatMap((usage) => codes(usage, 'UseType')),
  ]
  const limited = [...childrenOf(deal, 'ResourceUsage'), ...childrenOf(terms, 'ResourceUsage')].map((usage) => ({
    useTypes: within(usage),
    resources: childrenOf(usage, 'DealResourceReference').map(({ text }) => text),
  }))
  const general = within(terms)
  return general.length === 0 && limited.length > 0 ? limited : [{ useTypes: general, resources: null }, ...limited]
}

const EXTRA: readonly (readonly [string, string])[] = [
  ['PreOrderReleaseDate', 'pre_order_release_date'],
  ['PreOrderPreviewDate', 'pre_order_preview_date'],
  ['IsPromotional', 'is_promotional'],
  ['IsExclusive', 'is_exclusive'],
]

function readExtra(releaseDeal: XmlElement, deal: XmlElement, terms: XmlElement): Record<string, string> {
  const cells = [
    ['deal_reference', textAt(deal, 'DealReference')],
    ['effective_date', textAt(releaseDeal, 'EffectiveDate')],
    ['communicated_out_of_band', textAt(deal, 'IsCommunicatedOutOfBand')],
    ...EXTRA.map(([name, cell]) => [cell, textAt(terms, name)] as const),
  ] as const
  return Object.fromEntries(cells.filter(([, text]) => text !== ''))
}

function readDeal(releaseDeal: XmlElement, deal: XmlElement): ErnDeal[] {
  const terms = childOf(deal, 'DealTerms') ?? deal
  const says = (name: string) => isTrue(terms, name) || isTrue(deal, name)
  const takedown = says('TakeDown') ? 'TakeDown' : says('AllDealsCancelled') ? 'AllDealsCancelled' : null
  const given = childrenOf(terms, 'ValidityPeriod').map(readPeriod)
  const periods = given.length > 0 ? given : [{ from: '', to: '', raw: {} }]
  const territories = territoriesOf(terms)
  const extra = readExtra(releaseDeal, deal, terms)
  const { line } = deal
  return usages(deal, terms).flatMap(({ useTypes, resources }) => {
    const uses = usesText(terms, useTypes)
    return periods.map((period): ErnDeal => ({ line, takedown, territories, period, uses, resources, extra }))
  })
}

/** The facts of one ReleaseDeal: one entry per Deal, ValidityPeriod and ResourceUsage. Prices are left out. */
export function readReleaseDeal(element: XmlElement): ErnReleaseDeal {
  return {
    line: element.line,
    releases: childrenOf(element, 'DealReleaseReference').map(({ text }) => text),
    deals: childrenOf(element, 'Deal').flatMap((deal) => readDeal(element, deal)),
  }
}
