/** Small trees of XML elements: one per record of a message, dropped once its facts are taken out. */

export interface XmlElement {
  /** Local name: ERN has only its root in the namespace, so the rest is matched without prefix. */
  readonly name: string
  /** Line of the start tag, from 1. */
  readonly line: number
  /** Attributes by local name. */
  readonly attributes: Readonly<Record<string, string>>
  readonly children: XmlElement[]
  /** The character data directly inside, entities resolved, outer blanks cut. */
  text: string
}

/** Child elements with one of the names, in document order. */
export function childrenOf(element: XmlElement | undefined, ...names: string[]): XmlElement[] {
  return element?.children.filter(({ name }) => names.includes(name)) ?? []
}

/** The first child element with that name. */
export function childOf(element: XmlElement | undefined, name: string): XmlElement | undefined {
  return element?.children.find((child) => child.name === name)
}

/** Text of the first element at the end of a path of names; `''` when there is none. */
export function textAt(element: XmlElement | undefined, ...path: string[]): string {
  const [name, ...rest] = path
  if (name === undefined) return element?.text ?? ''
  for (const child of childrenOf(element, name)) {
    const text = textAt(child, ...rest)
    if (text !== '') return text
  }
  return ''
}

/** Every element below with that name, at any depth, in document order. */
export function descendantsOf(element: XmlElement, name: string): XmlElement[] {
  return element.children.flatMap((child) => [...(child.name === name ? [child] : []), ...descendantsOf(child, name)])
}

/** Whether the first child of that name says `true` or `1` (xs:boolean). */
export function isTrue(element: XmlElement | undefined, name: string): boolean {
  return ['true', '1'].includes(textAt(element, name).toLowerCase())
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escaped = (text: string): string => text.replace(/[&<>"]/g, (character) => ESCAPES[character] ?? character)

/** An element written out as XML again, without prefixes, comments and layout: the text that a reject keeps. */
export function elementText({ name, attributes, children, text }: XmlElement): string {
  const given = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(value)}"`)
  return `<${name}${given.join('')}>${escaped(text)}${children.map(elementText).join('')}</${name}>`
}
