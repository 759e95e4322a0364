/**
 * The parts of oclif that run: the class of commands, declarations of flags and arguments, the parser. The build puts
 * this in the place of `@oclif/core`, whose main entry loads its configuration, plugins, help and spinners as well.
 */
export * as Args from '@oclif/core/args'
export { Command } from '@oclif/core/command'
export * as Flags from '@oclif/core/flags'
