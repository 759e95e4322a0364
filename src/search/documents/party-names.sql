-- The name by which a party is shown, and what decides it: see recordings.sql.
-- One row per party document; key: "key"; no order.
CREATE OR REPLACE TEMP TABLE party_names AS
SELECT k."key",
  max(struct_pack(stands := p.stands, known := p.known_from, feed := p.feed, name := p.name)).name AS name
FROM said_parties p JOIN party_keys k ON k.subject = p.subject GROUP BY k."key"
