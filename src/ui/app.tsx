import { useInput } from 'ink'
import { useLayoutEffect, useSyncExternalStore } from 'react'
import { type KeyEvent, keysOf } from './key-events.js'
import type { Store } from './store.js'

export interface AppProps<S, A> {
  readonly store: Store<S, A>
  readonly onKey: (key: KeyEvent) => A
  /** Puts a state on the screen. */
  readonly paint: (state: S) => void
}

/**
 * A screen at work: the only place that hears keys; whatever the state is, is painted. Lines are drawn to the width of the
 * terminal already, so Ink has nothing to lay out: looking at each of their characters took it longer than all else.
 */
export function App<S, A>({ store, onKey, paint }: AppProps<S, A>) {
  const state = useSyncExternalStore(store.subscribe, store.get)
  useInput((input, key) => {
    for (const event of keysOf(input, key)) store.dispatch(onKey(event))
  })
  useLayoutEffect(() => paint(state), [paint, state])
  return null
}
