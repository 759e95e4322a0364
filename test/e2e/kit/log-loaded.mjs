// Preloaded into a program under test: appends the URL of every module it loads to the file named in LOADED_LOG.
import { appendFileSync } from 'node:fs'
import module, { register } from 'node:module'

const log = process.env.LOADED_LOG
const hooks = `
  import { appendFileSync } from 'node:fs'
  export async function load(url, context, next) {
    if (!url.startsWith('node:')) appendFileSync(${JSON.stringify(log)}, url + '\\n')
    return next(url, context)
  }`
register(`data:text/javascript,${encodeURIComponent(hooks)}`)

const loadCommonJs = module._load
module._load = (request, ...rest) => {
  if (!module.isBuiltin(request)) appendFileSync(log, `cjs:${request}\n`)
  return loadCommonJs(request, ...rest)
}
const openNative = process.dlopen
process.dlopen = (...args) => {
  appendFileSync(log, `native:${args[1]}\n`)
  return openNative.apply(process, args)
}
