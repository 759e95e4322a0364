/** A screen on the terminal, from taking it to giving it back. */
import { type Instance, render } from 'ink'
import type { ReactNode } from 'react'
import type { Terminal } from '../cli/terminal.js'
import { App } from './app.js'
import { Canvas } from './canvas.js'
import type { KeyEvent } from './key-events.js'
import type { Store } from './store.js'

export interface Play<S, A> {
  readonly store: Store<S, A>
  readonly draw: (state: S) => ReactNode
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
 * the CancelledError of a signal.
 * @param begin starts what works beside the screen; returns what ends it
 */
export async function onStage<S, A>(
  terminal: Terminal,
  play: Play<S, A>,
  begin: (stage: Stage) => () => Promise<void>,
): Promise<void> {
  const { signal } = terminal
  signal.throwIfAborted()
  const canvas = new Canvas(
    () => terminal.size,
    (text) => terminal.write(text),
  )
  // React draws in a microtask what was dispatched; where nothing has changed, the last frame is painted again.
  const repaint = () => {
    canvas.invalidate()
    setImmediate(() => canvas.restore())
  }
  const stopWatching = terminal.onChange(() => {
    repaint()
    play.store.dispatch(play.onResize(terminal.size))
  })
  let instance: Instance | undefined
  let end: (() => Promise<void>) | undefined
  terminal.open()
  try {
    instance = render(<App {...play} />, inkOptions(terminal, canvas))
    const shown = instance
    await new Promise<void>((resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason), { once: true })
      shown.waitUntilExit().then(() => resolve(), reject)
      end = begin({
        suspend: () => terminal.suspend(),
        redraw: repaint,
        leave: resolve,
        copy: (text) => terminal.write(`\u001b]52;c;${Buffer.from(text).toString('base64')}\u0007`),
        fail: reject,
      })
    })
  } finally {
    stopWatching()
    canvas.close()
    instance?.unmount()
    terminal.close()
    await end?.()
  }
}

/** Ink writes whole frames to the canvas, and hears keys; everything else that it does to a terminal is ours to do. */
function inkOptions({ stdin }: Terminal, canvas: Canvas): Parameters<typeof render>[1] {
  return {
    stdin: stdin as NodeJS.ReadStream,
    stdout: canvas as unknown as NodeJS.WriteStream,
    stderr: canvas as unknown as NodeJS.WriteStream,
    debug: true,
    exitOnCtrlC: false,
    patchConsole: false,
  }
}
