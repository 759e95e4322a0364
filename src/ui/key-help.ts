/** The table of keys as people read it. */
import { bindingsOf, keyTitle, type ScreenName } from './keys.js'

/** All keys of a screen with what they do, one per line. */
export function helpTexts(screen: ScreenName): string[] {
  const rows = bindingsOf(screen).map(({ keys, does }) => [keys.map(keyTitle).join(' '), does] as const)
  const widest = Math.max(...rows.map(([keys]) => keys.length))
  return rows.map(([keys, does]) => `${keys.padEnd(widest)}  ${does}`)
}

/** Keys that come in pairs are shown as pairs. */
const PAIRS: Readonly<Record<string, string>> = { left: 'Left Right', '[': '[ ]', '+': '+ -' }
const pairOf = (name: string): string => PAIRS[name] ?? keyTitle(name)

/** Keys with one word each, as many as there is room for; help and leaving always. */
export function briefKeys(screen: ScreenName, width: number): string {
  const bindings = bindingsOf(screen)
  const brief = (binding: (typeof bindings)[number]) => `${pairOf(binding.keys[0] ?? '')} ${binding.brief}`
  const named = bindings.filter((binding) => binding.brief !== undefined)
  const always = named.filter((binding) => binding.screen === 'all').map(brief)
  const others = named.filter((binding) => binding.screen !== 'all').map(brief)
  while (others.length > 0 && [...others, ...always].join('  ').length > width) others.pop()
  return [...others, ...always].join('  ')
}
