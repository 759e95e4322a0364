/** Valid identifiers made from small numbers, so that feeds can say that they mean the same thing. */

const digits = (number: number, length: number): string => String(number).padStart(length, '0')

const weighted = (text: string, weight: (place: number) => number): number =>
  [...text].reduce((sum, digit, place) => sum + weight(place) * Number(digit), 0)

/** Letter, nine digits, check digit: ISWC starts its sum at 1, the IPI base number at 2. */
function withLetter(letter: string, start: number, number: number): string {
  const body = digits(number, 9)
  return `${letter}${body}${(10 - ((start + weighted(body, (place) => place + 1)) % 10)) % 10}`
}

export const isrcOf = (number: number): string => `ZZQA1${digits(number, 7)}`

export const iswcOf = (number: number): string => withLetter('T', 1, number)

export const ipiBaseOf = (number: number): string => withLetter('I', 2, number)

/** IPI name number of eleven digits. */
export function ipiNameOf(number: number): string {
  const body = digits(number, 9)
  const remainder = weighted(body, (place) => 10 - place) % 101
  return `${body}${digits(remainder === 0 ? 0 : (101 - remainder) % 100, 2)}`
}

export function isniOf(number: number): string {
  const body = digits(number, 15)
  const check = (12 - ([...body].reduce((sum, digit) => 2 * (sum + Number(digit)), 0) % 11)) % 11
  return `${body}${check === 10 ? 'X' : check}`
}
