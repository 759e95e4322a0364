/** A state that changes by actions and tells who listens. */
export class Store<S, A> {
  readonly #reduce: (state: S, action: A) => S
  readonly #listeners = new Set<() => void>()
  #state: S

  constructor(state: S, reduce: (state: S, action: A) => S) {
    this.#state = state
    this.#reduce = reduce
  }

  // Bound, as React calls them by themselves.
  readonly get = (): S => this.#state

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  dispatch(action: A): void {
    const next = this.#reduce(this.#state, action)
    if (next === this.#state) return
    this.#state = next
    for (const listener of [...this.#listeners]) listener()
  }
}
