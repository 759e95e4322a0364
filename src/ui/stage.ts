/** A screen on the terminal, from taking it to giving it back. */
import type { Terminal } from '../cli/terminal.js'
import { Canvas } from './canvas.js'
import type { Hearing } from './hear.js'
import type { KeyEvent } from './key-events.js'
import type { Store } from './store.js'

export interface Play<S, A> {
  readonly store: Store<S, A>
  /** The state as lines, of the width of the terminal and one fewer than it has rows. */
  readonly draw: (state: S) => readonly string[]
  readonly onKey: (key: KeyEvent) => A
  readonly onResize: (size: Terminal['size']) => A
}

/** What a screen may ask of its stage. */
export interface Stage {
  readonly suspend: () => Promise<void>
  readonly redraw: () => void
  readonly leave: () => void
  /** Puts a text on the clipboard, where the terminal takes it (OSC 52); nothing tells whether it did. */
  readonly copy: (text: string) => void
  readonly fail: (fault: unknown) => void
}

/**
 * Shows a screen until it leaves. The terminal is given back before this returns or throws: what the screen failed with, or
 * the CancelledError of a signal. The first frame is there at once; what hears keys is loaded behind it, and keys that were
 * pressed before are heard then.
 * @param begin starts what works beside the screen; returns what ends it
 */
export async function onStage<S, A>(
  terminal: Terminal,
  play: Play<S, A>,
  begin: (stage: Stage) => () => Promise<void>,
): Promise<void> {
  const { signal } = terminal
  const { store, draw, onKey, onResize } = play
  signal.throwIfAborted()
  const canvas = new Canvas(
    () => terminal.size,
    (text) => terminal.write(text),
  )
  const paint = (state: S) => canvas.paint(draw(state))
  // React draws in a microtask what was dispatched; where nothing has changed, the last frame is painted again.
  const repaint = () => {
    canvas.invalidate()
    setImmediate(() => canvas.restore())
  }
  const stopWatching = terminal.onChange(() => {
    repaint()
    store.dispatch(onResize(terminal.size))
  })
  let hearing: Hearing | undefined
  let isOver = false
  let end: (() => Promise<void>) | undefined
  terminal.open()
  try {
    paint(store.get())
    await new Promise<void>((resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason), { once: true })
      const hearKeys = async () => {
        const { hear } = await import('./hear.js')
        if (isOver) return
        hearing = hear(terminal, { store, onKey, paint })
        await hearing.ended
        resolve()
      }
      hearKeys().catch(reject)
      end = begin({
        suspend: () => terminal.suspend(),
        redraw: repaint,
        leave: resolve,
        copy: (text) => terminal.write(`\u001b]52;c;${Buffer.from(text).toString('base64')}\u0007`),
        fail: reject,
      })
    })
  } finally {
    isOver = true
    stopWatching()
    canvas.close()
    hearing?.end()
    terminal.close()
    await end?.()
  }
}
