// Preloaded into a program under test: appends what it loads to the file named in LOADED_LOG, one line for each: the URL
// of an ES module, `file:` of a script that bin/load.js runs, `cjs:` what is required by name, `native:` libraries.
import { appendFileSync } from 'node:fs'
import module, { register } from 'node:module'
import { pathToFileURL } from 'node:url'
import vm from 'node:vm'

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
const { Script } = vm
vm.Script = class extends Script {
  constructor(source, options) {
    appendFileSync(log, `${pathToFileURL(options.filename).href}\n`)
    super(source, options)
    if (options.cachedData === undefined || this.cachedDataRejected)
      appendFileSync(log, `compiled:${options.filename}\n`)
  }
}
const openNative = process.dlopen
process.dlopen = (...args) => {
  appendFileSync(log, `native:${args[1]}\n`)
  return openNative.apply(process, args)
}
