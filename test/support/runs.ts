/** How many random examples a property tries: the usual number, times PROPERTY_TIMES for a long look. */
export const runs = (usual: number): { numRuns: number } => ({
  numRuns: usual * Number(process.env.PROPERTY_TIMES ?? 1),
})
