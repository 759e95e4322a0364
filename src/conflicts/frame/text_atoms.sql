-- One row per territory text: all atomic territories that it ever means, as bits in the order of the model.
SELECT territories, bit_or(atoms) AS atoms FROM territory_sets WHERE territories <> 'WORLD' GROUP BY territories
UNION ALL
SELECT 'WORLD', CAST(repeat('1', CAST((SELECT count FROM atoms) AS INTEGER)) AS BIT)
