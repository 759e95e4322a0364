/** What the columns of a pasted list hold: by their headings in the usual languages, else by what is in them. */
import { recogniseIdentifiers } from '../../model/identifiers/parse.js'
import { comparable } from '../text/words.js'

export type Role = 'title' | 'names' | 'identifier'

export interface Columns {
  readonly hasHeader: boolean
  /** By place; null for a column that is not used. */
  readonly roles: readonly (Role | null)[]
  /** Headings, or `column 1` and so on. */
  readonly names: readonly string[]
}

/** Folded headings; a heading counts when it is one of these or begins or ends with one as a word of its own. */
const HEADINGS: Readonly<Record<Role, readonly string[]>> = {
  title: [
    ...['title', 'titel', 'titre', 'titulo', 'titolo', 'tytul', 'song', 'track', 'work', 'werk', 'oeuvre', 'obra'],
    ...[
      'opera',
      'chanson',
      'cancion',
      'lied',
      'song name',
      'work title',
      'track title',
      'nazev',
      'cim',
      'название',
      '曲名',
    ],
  ],
  names: [
    ...['writer', 'writers', 'composer', 'composers', 'author', 'authors', 'songwriter', 'artist', 'performer'],
    ...['komponist', 'komponisten', 'autor', 'autoren', 'urheber', 'texter', 'interpret', 'kunstler', 'kuenstler'],
    ...['compositeur', 'compositeurs', 'auteur', 'auteurs', 'interprete', 'artiste', 'compositor', 'compositores'],
    ...['autores', 'compositore', 'compositori', 'autore', 'autori', 'artista', 'publisher', 'verlag', 'editeur'],
    ...['upphovsman', 'kompozytor', 'автор', 'композитор', '作曲', '作曲者', 'アーティスト'],
  ],
  identifier: [
    ...['isrc', 'iswc', 'ipi', 'upc', 'ean', 'isni', 'id', 'work id', 'recording id', 'work code', 'song code', 'code'],
    ...['work no', 'work number', 'werknummer', 'werk nr', 'identifier', 'ident', 'iswc code', 'isrc code', 'hfa code'],
  ],
}

function roleOfHeading(heading: string): Role | null {
  const text = comparable(heading.replace(/[_-]+/gu, ' '))
  const words = text.split(' ')
  const roles: readonly Role[] = ['identifier', 'names', 'title']
  const whole = roles.find((role) => HEADINGS[role].includes(text))
  if (whole !== undefined) return whole
  const ends = roles.find((role) => [words[0], words.at(-1)].some((word) => HEADINGS[role].includes(word ?? '')))
  // Compounds: Werktitel, Originaltitel, Hauptinterpret.
  return ends ?? roles.find((role) => HEADINGS[role].some((known) => known.length >= 5 && text.endsWith(known))) ?? null
}

/** Rows that are looked at where there is no heading. */
const LOOKED_AT = 50

/** Decides from the first rows. A table without any usable column has roles of null only. */
export function columnsOf(rows: readonly (readonly string[])[]): Columns {
  const header = rows[0] ?? []
  const byHeading = header.map(roleOfHeading)
  // A first row that itself holds an identifier is no heading.
  const isData = header.some((cell) => isIdentifier(cell))
  if (!isData && byHeading.some((role) => role !== null)) {
    const roles = byHeading.includes('title') || byHeading.includes('identifier') ? byHeading : byContent(rows.slice(1))
    return { hasHeader: true, roles, names: [...header] }
  }
  const width = Math.max(0, ...rows.slice(0, LOOKED_AT).map((row) => row.length))
  return {
    hasHeader: false,
    roles: byContent(rows),
    names: Array.from({ length: width }, (_, index) => `column ${index + 1}`),
  }
}

const isIdentifier = (cell: string): boolean => recogniseIdentifiers(cell).length > 0

/** Identifiers where most cells are; of the other columns with letters the first is the title, the second the names. */
function byContent(rows: readonly (readonly string[])[]): (Role | null)[] {
  const seen = rows.slice(0, LOOKED_AT)
  const width = Math.max(0, ...seen.map((row) => row.length))
  let texts = 0
  return Array.from({ length: width }, (_, index): Role | null => {
    const cells = seen.map((row) => row[index]?.trim() ?? '').filter((cell) => cell !== '')
    if (cells.length === 0) return null
    if (cells.filter(isIdentifier).length * 2 > cells.length) return 'identifier'
    if (cells.filter((cell) => /\p{L}/u.test(cell)).length * 2 <= cells.length) return null
    texts += 1
    return texts === 1 ? 'title' : texts === 2 ? 'names' : null
  })
}
