/** The allowed values of BWARM (DDEX AVS: PartyRole, RightShareType, RightsType) in the words of the evidence. */

const WRITERS = [
  ...['adapter', 'arranger', 'composer', 'composerlyricist', 'creator', 'lyricist', 'subarranger', 'sublyricist'],
  'translator',
]
const PUBLISHERS = ['musicpublisher', 'originalpublisher', 'substitutedpublisher']

const list = (words: readonly string[]): string => words.map((word) => `'${word}'`).join(', ')

/** SQL for whether a role is a writer's. */
export const sqlWriterRole = (role: string): string => `coalesce(lower(${role}) IN (${list(WRITERS)}), false)`

/** SQL for whether a role is a publisher's of any kind; administrators may be societies as well. */
export const sqlPublisherRole = (role: string): string =>
  `coalesce(lower(${role}) IN (${list([...PUBLISHERS, 'subpublisher'])}), false)`

/** SQL for the role of a share; an unknown word stays as it is. */
export const sqlRole = (role: string): string =>
  `CASE WHEN ${sqlWriterRole(role)} THEN 'writer' WHEN lower(${role}) IN (${list(PUBLISHERS)}) THEN 'publisher'
    WHEN lower(${role}) = 'rightsadministrator' THEN 'administrator' WHEN lower(${role}) = 'subpublisher' THEN 'sub-publisher'
    ELSE ${role} END`

/**
 * SQL for the kind of a share by its type (one value), and where no type is stated by the role: writers' manuscript,
 * publishers' ownership, administrators' and sub-publishers' collection. An unknown type stays as it is; NULL where neither is stated.
 */
export const sqlShareKind = (type: string, role: string): string => {
  const plain = `lower(${type})`
  return `CASE WHEN ${plain} = 'musicalworkmanuscriptshare' THEN 'manuscript'
    WHEN ${plain} = 'originalpublishershare' THEN 'ownership'
    WHEN ${plain} = 'musicalworkcollectionshare' THEN 'collection'
    WHEN ${plain} IN ('licensingshare', 'copyrightcontrolshare') THEN 'licensing'
    WHEN ${type} IS NOT NULL THEN ${type}
    WHEN ${sqlWriterRole(role)} THEN 'manuscript'
    WHEN lower(${role}) IN (${list(PUBLISHERS)}) THEN 'ownership'
    WHEN lower(${role}) IN ('rightsadministrator', 'subpublisher') THEN 'collection' END`
}

/** SQL for a right; an unknown word stays as it is. Print rights have no place among the rights of a stream. */
export const sqlRight = (right: string): string =>
  `CASE lower(${right}) WHEN 'mechanicalright' THEN 'mech' WHEN 'performingright' THEN 'perf'
    WHEN 'synchronizationright' THEN 'sync' ELSE ${right} END`
