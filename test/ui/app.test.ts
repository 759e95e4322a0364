/** A screen at work in Ink: keys that it hears become states, and each state is painted. */
import { render } from 'ink-testing-library'
import { createElement } from 'react'
import { describe, expect, it, onTestFinished } from 'vitest'
import { App } from '../../src/ui/app.js'
import type { KeyEvent } from '../../src/ui/key-events.js'
import { Store } from '../../src/ui/store.js'

/** A screen whose state is the names of the keys so far; `x` changes nothing. */
async function setUp() {
  const store = new Store<string, string>('', (state, name) => (name === 'x' ? state : `${state}${name} `))
  const painted: string[] = []
  const props = { store, onKey: ({ name }: KeyEvent) => name, paint: (state: string) => void painted.push(state) }
  const ink = render(createElement(App<string, string>, props))
  onTestFinished(() => ink.unmount())
  const press = async (bytes: string) => {
    ink.stdin.write(bytes)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  await press('')
  return { store, painted, ink, press }
}

describe('a screen', () => {
  it('is painted at first, and whenever a key has changed it', async () => {
    const { painted, press } = await setUp()
    await press('a')
    await press('\u001b[C')
    await press('x')
    expect(painted).toEqual(['', 'a ', 'a right '])
  })

  it('is painted once for keys that come together', async () => {
    const { painted, press } = await setUp()
    await press('abc')
    expect(painted).toEqual(['', 'a b c '])
  })

  it('is painted when something else has changed it, as long as it is shown', async () => {
    const { store, painted, ink, press } = await setUp()
    store.dispatch('answer')
    await press('')
    ink.unmount()
    store.dispatch('late')
    await press('')
    expect(painted).toEqual(['', 'answer '])
  })

  it('leaves nothing for Ink to lay out', async () => {
    const { ink, press } = await setUp()
    await press('a')
    expect(ink.lastFrame()).toBe('')
  })
})
