/**
 * One value for display out of several that hold for different territories or languages. The others are never dropped:
 * they go into `extra` under a label that says where they hold.
 */

export interface Variant {
  readonly value: string
  /** As in the plain tables; `''` = not limited. */
  readonly territories: string
  /** Language and script as given, or another word that tells it from its siblings. */
  readonly label?: string
  /** ERN 4 IsDefault. */
  readonly isDefault?: boolean
  readonly line?: number
}

/** Wider is better: everywhere, everywhere but some, then the more codes the wider. */
function breadth({ territories }: Variant): number {
  const codes = territories.split('|')
  if (territories === '' || territories === 'WORLD') return 100_000
  return codes.includes('WORLD') ? 50_000 - codes.length : codes.length
}

/**
 * The value to show and the rest, in document order. The provider's default wins; then the widest territory, because a
 * row of a recording stands for the world; then the value without a label; then the first.
 */
export function chooseVariant(variants: readonly Variant[]): { chosen: Variant | undefined; others: Variant[] } {
  const given = variants.filter(({ value }) => value !== '')
  const better = (left: Variant, right: Variant): number =>
    Number(right.isDefault ?? false) - Number(left.isDefault ?? false) ||
    breadth(right) - breadth(left) ||
    Number(left.label !== undefined) - Number(right.label !== undefined)
  const [chosen] = [...given].sort(better)
  return { chosen, others: given.filter((variant) => variant !== chosen) }
}

/** Cells of the source that no column takes, by name; equal texts under one name are kept once. */
export class Extra {
  readonly cells: Record<string, string> = {}

  add(name: string, value: string): void {
    if (value === '') return
    const before = this.cells[name]
    if (before === undefined) this.cells[name] = value
    else if (!before.split(' | ').includes(value)) this.cells[name] = `${before} | ${value}`
  }

  /** Values not shown, each as `column [territories, label]`, where they differ from the one shown. */
  addOthers(column: string, { chosen, others }: ReturnType<typeof chooseVariant>): void {
    for (const { value, territories, label } of others) {
      if (value === chosen?.value) continue
      const where = [territories, label].filter((part) => part !== undefined && part !== '').join(', ')
      this.add(where === '' ? column : `${column} [${where}]`, value)
    }
  }
}
