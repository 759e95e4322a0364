/**
 * Cyrillic and Greek words in Latin letters, as people type names whose script their keyboard lacks. One spelling each,
 * near to what passports and library catalogues write (BGN/PCGN for Cyrillic, ISO 843 in its simple form for Greek); what
 * people write otherwise by a letter is forgiven as a typing error.
 */

const LATIN: Readonly<Record<string, string>> = {
  ...{
    а: 'a',
    б: 'b',
    в: 'v',
    г: 'g',
    д: 'd',
    е: 'e',
    ж: 'zh',
    з: 'z',
    и: 'i',
    й: 'y',
    к: 'k',
    л: 'l',
    м: 'm',
    н: 'n',
  },
  ...{ о: 'o', п: 'p', р: 'r', с: 's', т: 't', у: 'u', ф: 'f', х: 'kh', ц: 'ts', ч: 'ch', ш: 'sh', щ: 'shch', ъ: '' },
  ...{ ы: 'y', ь: '', э: 'e', ю: 'yu', я: 'ya', і: 'i', ї: 'yi', є: 'ye', ґ: 'g', ў: 'u', ј: 'j', љ: 'lj', њ: 'nj' },
  ...{ ћ: 'c', ђ: 'dj', џ: 'dz', ѓ: 'g', ќ: 'k', ѕ: 'dz' },
  ...{
    α: 'a',
    β: 'v',
    γ: 'g',
    δ: 'd',
    ε: 'e',
    ζ: 'z',
    η: 'i',
    θ: 'th',
    ι: 'i',
    κ: 'k',
    λ: 'l',
    μ: 'm',
    ν: 'n',
    ξ: 'x',
  },
  ...{ ο: 'o', π: 'p', ρ: 'r', σ: 's', τ: 't', υ: 'y', φ: 'f', χ: 'ch', ψ: 'ps', ω: 'o' },
}

/** A folded word in Latin letters; null where it has no Cyrillic or Greek letter. */
export function romanised(word: string): string | null {
  if (!/[\p{Script=Cyrillic}\p{Script=Greek}]/u.test(word)) return null
  const latin = [...word.replaceAll('ου', 'ou')].map((letter) => LATIN[letter] ?? letter).join('')
  return latin === '' ? null : latin
}
