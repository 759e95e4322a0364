/** Ink at a terminal: it hears keys and runs the screen as long as it is shown. Loaded when the first frame is there. */
import { Writable } from 'node:stream'
import { render } from 'ink'
import type { Terminal } from '../cli/terminal.js'
import { App, type AppProps } from './app.js'

export interface Hearing {
  /** Rejects with what the screen failed with. */
  readonly ended: Promise<void>
  readonly end: () => void
}

export function hear<S, A>({ stdin, size }: Terminal, props: AppProps<S, A>): Hearing {
  // What Ink would write, of which there is nothing but its own measures, goes nowhere: the canvas paints.
  const nowhere = Object.assign(new Writable({ write: (_chunk, _encoding, done) => done() }), size)
  const instance = render(<App {...props} />, {
    stdin: stdin as NodeJS.ReadStream,
    stdout: nowhere as unknown as NodeJS.WriteStream,
    stderr: nowhere as unknown as NodeJS.WriteStream,
    debug: true,
    exitOnCtrlC: false,
    patchConsole: false,
  })
  return { ended: instance.waitUntilExit().then(() => undefined), end: () => instance.unmount() }
}
