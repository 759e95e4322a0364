import { Box, Text } from 'ink'

/**
 * Lines that were drawn to the width of the terminal, one below the other: one element for each, as more would be slow.
 * Blanks at their ends are left out: Ink looks at every character, and leaves them out itself in the end.
 */
export function Rows({ lines }: { readonly lines: readonly string[] }) {
  return (
    <Box flexDirection="column">
      {lines.map((line, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row is known by its place and nothing else
        <Text key={row} wrap="truncate-end">
          {line.trimEnd() || ' '}
        </Text>
      ))}
    </Box>
  )
}
