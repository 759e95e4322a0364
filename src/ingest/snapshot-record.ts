/** What is to be known of a delivery before it is folded: its feed, dates, scope, files, relations and findings. */
import { InputError, UsageError } from '../errors.js'
import { parseInstant } from '../model/dates/instants.js'
import { checksOf, type GuardSettings, type SnapshotRecord } from '../snapshots/index.js'
import type { Delivery } from './deliveries.js'
import { isFeedName } from './feed-file.js'
import type { SelfDescription } from './format-readers.js'
import type { IngestRequest, StagedScope } from './request.js'
import type { Staging } from './staging.js'

/** The record of a staged delivery. Throws UsageError where nothing says its feed or its dates. */
export function recordOf(
  delivery: Delivery,
  staging: Staging,
  self: SelfDescription,
  scopes: readonly StagedScope[],
  options: { readonly request: IngestRequest; readonly program: string; readonly ingestedAt: string },
): SnapshotRecord {
  const { request, program, ingestedAt } = options
  const feed = feedName(delivery, self, request)
  const dates = datesOf(delivery, self, request)
  const partial =
    self.partial || staging.files.some((file) => file.partial) || scopes.some(({ scope }) => scope !== self.scope)
  return {
    feed,
    provider: delivery.feedFile?.provider ?? delivery.mapping?.provider ?? feed.split('/')[0] ?? feed,
    policy: delivery.feedFile?.policy ?? null,
    format: delivery.format,
    byUnit: self.byUnit,
    ...dates,
    sequence: request.sequence ?? delivery.feedFile?.sequence ?? null,
    scope: self.scope,
    endDates: staging.options.endDates,
    mapping: delivery.mappingText,
    relations: scopes,
    files: staging.files.map(({ source, lines, tally, partial: isPartial, columns }) => ({
      name: source.name,
      sha256: source.sha256,
      bytes: source.bytes,
      lines,
      ...tally,
      partial: isPartial,
      columns,
    })),
    findings: staging.findings.all(),
    partial,
    guards: guardsOf(delivery, scopes, request),
    ingestedAt,
    program,
  }
}

/**
 * What the delivery's guards go by. By default a relation of the contract is only warned about, as its files say that they
 * are complete; a relation of one's own is kept out of the history when it looks wrong.
 */
function guardsOf(delivery: Delivery, scopes: readonly StagedScope[], request: IngestRequest): GuardSettings {
  const { feedFile, mapping, label } = delivery
  const owner = feedFile?.checks?.owner?.column
  const columns = scopes.flatMap(({ relation }) => relation.columns.map(({ name }) => name))
  if (owner !== undefined && !columns.includes(owner)) {
    throw new InputError(
      `feed.yaml of ${label} names ${owner} as the column of owners, which none of its relations has.`,
      {
        code: 'unknown-column',
        excerpt: owner,
        suggestions: [`Columns: ${[...new Set(columns)].join(', ')}`],
      },
    )
  }
  return {
    mode: request.guards ?? feedFile?.guards ?? mapping?.guards ?? (mapping?.isCustom === true ? 'enforce' : 'warn'),
    checks: checksOf(feedFile?.checks, mapping?.checks),
  }
}

function feedName(delivery: Delivery, self: SelfDescription, request: IngestRequest): string {
  const feed = request.feed ?? delivery.feedFile?.feed ?? delivery.mapping?.feed ?? self.feed
  if (feed === null || feed === undefined) {
    throw new UsageError(`Which feed is ${delivery.label} a delivery of?`, {
      code: 'no-feed',
      suggestions: [
        'Name it with --feed, e.g. --feed acme/inventory',
        'Or write it into feed.yaml in the folder, e.g. `feed: acme/inventory`',
      ],
    })
  }
  if (isFeedName(feed)) return feed
  throw new UsageError(`"${feed}" is no name for a feed.`, {
    code: 'bad-feed',
    excerpt: feed,
    suggestions: ['Use letters, digits, dots and hyphens, parts separated by /: acme/inventory'],
  })
}

/** Publication and receipt: given, else from feed.yaml, else from the delivery; one missing equals the other. */
function datesOf(
  delivery: Delivery,
  self: SelfDescription,
  request: IngestRequest,
): Pick<SnapshotRecord, 'published' | 'received' | 'receivedBasis'> {
  const published = instantOf('published', request.published ?? delivery.feedFile?.published) ?? self.published
  const received = instantOf('received', request.received ?? delivery.feedFile?.received)
  const either = published ?? received
  if (either === null) {
    throw new UsageError(`When was ${delivery.label} published or received?`, {
      code: 'no-dates',
      suggestions: [
        'Say it with --received DATE or --published DATE: the day of loading never stands in for it',
        'Or write `published:` or `received:` into feed.yaml in the folder',
      ],
    })
  }
  return {
    published: published ?? either,
    received: received ?? either,
    receivedBasis: received === null ? 'published' : 'given',
  }
}

function instantOf(what: string, text: string | undefined): string | null {
  if (text === undefined) return null
  const instant = parseInstant(text)
  if (instant !== null) return instant
  throw new UsageError(`--${what} takes a date or an instant, not "${text}".`, {
    code: 'bad-date',
    excerpt: text,
    suggestions: ['Write 2019-06-01 or 2019-06-01T12:00:00Z'],
  })
}
