import type { Size } from '../cli/terminal.js'

/** What is shown where a screen has no room. */
export function tooSmall(size: Size, least: Size): string[] {
  const lines = [
    `This terminal has ${size.columns} x ${size.rows} characters;`,
    `the screen needs ${least.columns} x ${least.rows}.`,
    'Make it larger, or press q.',
  ]
  return lines.slice(0, Math.max(1, size.rows - 1)).map((line) => line.slice(0, size.columns))
}
