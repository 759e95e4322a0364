import { useInput } from 'ink'
import { type ReactNode, useSyncExternalStore } from 'react'
import { type KeyEvent, keysOf } from './key-events.js'
import type { Store } from './store.js'

export interface AppProps<S, A> {
  readonly store: Store<S, A>
  readonly onKey: (key: KeyEvent) => A
  readonly draw: (state: S) => ReactNode
}

/** A screen at work: the only place that hears keys; whatever the state is, is drawn. */
export function App<S, A>({ store, onKey, draw }: AppProps<S, A>) {
  const state = useSyncExternalStore(store.subscribe, store.get)
  useInput((input, key) => {
    for (const event of keysOf(input, key)) store.dispatch(onKey(event))
  })
  return draw(state)
}
