/** The words of made-up titles and names. None of them means anybody. */

const FIRST = 'Silver Golden Distant Broken Paper Midnight Electric Quiet Velvet Northern Hollow Burning Gentle Crimson'
const MORE_FIRST =
  'Slow Wild Endless Neon Frozen Secret Little Last Blue Falling Última Łagodna Nächtliche Ночная 静かな Early Wide Late'
const SECOND =
  'River Harbour Lantern Mirror Station Garden Summer Thunder Corazón Straße Nuit Ghost Radio Avenue Echo Window'
const MORE_SECOND =
  'Tide Horizon Satellite Carousel Winter Letter Compass Signal Diamond Machine Shadow Ocean Bridge Feather 夜 Mountain'
const GIVEN = 'Ada Bela Ciro Dana Emil Fania Goran Hanne Ivo Jana Kaspar Lena Milo Nora Orin Pia'
const MORE_GIVEN = 'Quim Rosa Sven Tova Ugo Vera Wim Xenia Yara Zeno Anouk Bram Cleo Dario Elif Femi'

const CONSONANTS = [...'bdfgklmnprstvzhj']
/** 32 syllables, none of which is the beginning of another: a row of them is read back in one way only. */
const SYLLABLES = CONSONANTS.flatMap((consonant) => [`${consonant}a`, `${consonant}e`])
const PAIRS = SYLLABLES.flatMap((first) => SYLLABLES.map((second) => first + second))
const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1)

const words = (...texts: readonly string[]): string[] => texts.join(' ').split(' ').slice(0, 32)

/** Lists of 32 words, or of 1024 pairs of syllables, of which five or ten bits of a number choose one. */
export const WORDS: Readonly<Record<string, readonly string[]>> = {
  first_words: words(FIRST, MORE_FIRST),
  second_words: words(SECOND, MORE_SECOND),
  given_names: words(GIVEN, MORE_GIVEN),
  starts: PAIRS.map(capital),
  ends: PAIRS,
  versions: ['Live', 'Acoustic', 'Remix', 'Instrumental', 'Radio Edit', 'Remastered', 'Demo', 'Karaoke'],
}

/** Where sub-publishers control; none of them is the United States, of which alone the collective speaks. */
export const SUB_TERRITORIES: readonly string[] = [
  'DE|AT',
  'FR|BE|LU',
  'JP',
  'ES|PT|AD',
  'BR|AR',
  'GB|IE',
  'SE|NO|DK|FI',
  'AU|NZ',
  'IT|SM|VA',
  'KR',
  'PL|CZ|SK',
  'MX',
]
