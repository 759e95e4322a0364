/** Files as they are delivered: walked, unpacked, their bytes described. */
export { fileFacts, lineCount, type PlainFacts } from './facts.js'
export { type FolderFile, folderFiles } from './folder.js'
export type { UnpackLimits } from './limits.js'
export { type UnpackedFile, type UnpackOptions, unpack } from './unpack.js'
