-- One row per (piece, atom): a piece is what a territory text means between two days; `atom`, a country that it covers then.
SELECT s.territories, s.piece, a.atom
FROM (SELECT *, row_number() OVER () AS piece FROM territory_sets) AS s JOIN atoms AS a ON get_bit(s.atoms, a.atom) = 1
