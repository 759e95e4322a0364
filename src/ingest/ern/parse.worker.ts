/** A parsing thread: reads the files it is told to, one after the other, and posts their rows. */
import { parentPort } from 'node:worker_threads'
import { CALLS_PER_REPLY, type ParseOrder, type ParseReply, parseFile } from './protocol.js'

const port = parentPort
const reply = (message: ParseReply): void => port?.postMessage(message)

async function carryOut({ index, name, path }: ParseOrder): Promise<void> {
  const result = await parseFile({ name, path })
  if ('failure' in result) {
    reply({ index, failure: result.failure })
    return
  }
  for (let start = 0; start < result.calls.length; start += CALLS_PER_REPLY) {
    reply({ index, calls: result.calls.slice(start, start + CALLS_PER_REPLY) })
  }
  reply({ index, message: result.message })
}

reply('ready')
let last = Promise.resolve()
port?.on('message', (order: ParseOrder) => {
  last = last.then(() => carryOut(order))
})
