/**
 * What a planted story is made of. A story is a template: a few works, recordings and parties with the rows that the
 * feeds state about them, and the conflicts that follow. Each instance has works, recordings and parties of its own, so
 * that nothing of it touches anything else in the catalogue.
 */

/** The feeds that stories use; those of further providers of a kind tell no stories. */
export type StoryFeed = 'society' | 'service' | 'mlc' | 'label'

/**
 * A calendar date as it is written, or days after the first day of the month in which the instance's change is
 * delivered (that delivery is received nine days after it).
 */
export type When = string | number | null

/** In which deliveries a row stands: `since` and `until` count from the delivery of the instance's change. */
export interface Standing {
  /** Absent: from the first delivery on. */
  readonly since?: number
  /** The delivery in which it is no longer; absent: it stays. */
  readonly until?: number
}

export interface PartyRow extends Standing {
  readonly feed: StoryFeed
  readonly party: number
  /** Whose name it has; its own unless said. */
  readonly nameOf?: number
  /** Another name altogether. */
  readonly name?: string
  readonly ipi?: 'own' | 'bad'
  /** Has the ISNI that belongs to this party. */
  readonly isniOf?: number
  /** Belongs to the group that is named after this party. */
  readonly groupOf?: number
  readonly kind?: 'publisher' | 'writer'
}

export interface WorkRow extends Standing {
  readonly feed: StoryFeed
  readonly work: number
  readonly titleOf?: number
  readonly iswc?: 'own' | 'two' | 'bad'
  /** Whose ISWC it has; its own unless said. */
  readonly iswcOf?: number
}

export interface RecordingRow extends Standing {
  readonly feed: StoryFeed
  readonly recording: number
  readonly isrc?: 'own' | 'bad'
  readonly isrcOf?: number
  /** Milliseconds beyond the usual length. */
  readonly longer?: number
}

export interface LinkRow extends Standing {
  readonly feed: StoryFeed
  readonly recording: number
  readonly work: number
  readonly weight?: string
}

export interface ShareRow extends Standing {
  readonly feed: StoryFeed
  readonly work: number
  /** Null: copyright control. */
  readonly party: number | null
  readonly share: string | null
  readonly kind: 'manuscript' | 'ownership' | 'collection' | 'licensing'
  readonly right: 'mech' | 'perf'
  readonly role: string
  readonly chain: string
  readonly territories: string
  readonly from: When
  readonly to: When
}

export interface LicenceRow extends Standing {
  /** Tells the licences of an instance apart. */
  readonly key: string
  readonly feed: 'service' | 'label'
  readonly right: 'mech' | 'perf' | 'master'
  readonly coverage: 'by-claim' | 'by-work'
  /** Null: the first label of the label's feed. */
  readonly party: number | null
  readonly territories: string
  readonly from: When
  readonly to: When
  readonly signed: When
  /** `works` and `recordings`: the first of the instance, as ISWC or as id of the feed. */
  readonly repertoire: 'all' | 'unproven' | 'works' | 'recordings'
  readonly uses: string
}

export interface UsageRow extends Standing {
  readonly recording: number
  readonly territory: string
  readonly period: string
  readonly streams: number
  readonly use: string
}

export interface TruthRow {
  readonly conflict: string
  /** `planted`: what the story is told for; `implied`: follows from the same rows by the definitions. */
  readonly role: 'planted' | 'implied'
  readonly subject:
    | { readonly work: number }
    | { readonly recording: number }
    | { readonly party: number }
    | { readonly licence: string }
  /** The feeds that are involved; the local id of the subject is that of the first. */
  readonly feeds: readonly StoryFeed[]
  readonly right?: 'mech' | 'perf' | 'master' | null
  readonly territories?: string | null
  readonly from?: When
  readonly to?: When
  /** Deliveries from the change on in which it can be seen; absent: from the first, or for ever. */
  readonly since?: number
  readonly until?: number
  readonly magnitude?: number
  readonly note: string
}

export interface Story {
  readonly name: string
  /** Ready-made: one instance, with the lowest numbers. */
  readonly isFixed?: true
  /** Instances for 100,000 works; at least one. */
  readonly rate: number
  /** The rate holds for each delivery after the first. */
  readonly isPerRound?: true
  readonly feeds: readonly StoryFeed[]
  /** Deliveries that it needs from that of its change on; 0 when nothing changes. */
  readonly rounds: number
  readonly works: number
  readonly recordings: number
  readonly parties: number
  readonly partyRows: readonly PartyRow[]
  readonly workRows: readonly WorkRow[]
  readonly recordingRows: readonly RecordingRow[]
  readonly links: readonly LinkRow[]
  readonly shares: readonly ShareRow[]
  readonly licences: readonly LicenceRow[]
  readonly usage: readonly UsageRow[]
  readonly truth: readonly TruthRow[]
}
