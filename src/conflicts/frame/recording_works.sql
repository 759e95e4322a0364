-- One row per (recording, work) that any feed links at any time.
SELECT DISTINCT recording, work FROM linked_works
