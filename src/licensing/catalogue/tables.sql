-- The derived tables, made once. A figure belongs to a *shape*: all recordings whose facts are alike, whatever the names and
-- dates in them. `degrees` puts the dates of each recording back.
CREATE SCHEMA IF NOT EXISTS derived;
-- One row per set of countries that anywhere say the same: countries as numbers in the order of the model.
CREATE TABLE IF NOT EXISTS derived.country_sets (country_set INTEGER, territories INTEGER[]);
-- One row per (shape, right, set of countries, segment); `from`, `to`: places in the dates of a recording, NULL where
-- open; buckets in millionths of a percent.
CREATE TABLE IF NOT EXISTS derived.shape_segments (high UBIGINT, low UBIGINT, "right" VARCHAR, country_set INTEGER,
  "from" INTEGER, "to" INTEGER, licensed BIGINT, exempt BIGINT, unlicensed BIGINT, unknown BIGINT, disputed BIGINT,
  cleared BIGINT, at_most BIGINT, status VARCHAR, reason VARCHAR);
-- One row per (shape of a work, right, set of countries, segment): the same for works by themselves, which recordings are
-- worked out from. Only there to derive anew what has changed.
CREATE TABLE IF NOT EXISTS derived.work_segments (high UBIGINT, low UBIGINT, "right" VARCHAR, country_set INTEGER,
  "from" INTEGER, "to" INTEGER, licensed BIGINT, exempt BIGINT, unlicensed BIGINT, unknown BIGINT, disputed BIGINT,
  cleared BIGINT, at_most BIGINT, reason VARCHAR);
-- One row per (shape of a work in a cell, right, segment): the same for one country by itself, whatever holds elsewhere; places
-- are in the dates of the cell. `salt`: see works/work_shapes.sql.
CREATE TABLE IF NOT EXISTS derived.work_cell_degrees (high UBIGINT, low UBIGINT, "right" VARCHAR, salt UBIGINT, "from" INTEGER,
  "to" INTEGER, licensed BIGINT, exempt BIGINT, unlicensed BIGINT, unknown BIGINT, disputed BIGINT, cleared BIGINT,
  at_most BIGINT, reason VARCHAR);
-- What earlier versions derived is derived anew.
DROP TABLE IF EXISTS derived.cell_degrees;
DROP VIEW IF EXISTS derived.degrees;
DROP TABLE IF EXISTS derived.shape_degrees;
DROP TABLE IF EXISTS derived.work_degrees;
DROP TABLE IF EXISTS derived.recordings;
-- One row per recording, with a number, in the order of their names.
CREATE TABLE IF NOT EXISTS derived.recording_names (recording VARCHAR, number BIGINT);
-- One row per (recording, right): the number of the recording whose picture it has.
CREATE TABLE IF NOT EXISTS derived.recording_pictures (number BIGINT, "right" VARCHAR, picture BIGINT);
-- One row per (picture, right): its shape, and the days at which the degree may change, in order.
CREATE TABLE IF NOT EXISTS derived.pictures (picture BIGINT, "right" VARCHAR, high UBIGINT, low UBIGINT, dates DATE[]);
-- One row per (recording, right, set of territories, segment); half-open days, NULL where open.
CREATE OR REPLACE VIEW derived.degrees AS
SELECT n.recording, p."right", s.territories, p.dates[d."from"] AS "from", p.dates[d."to"] AS "to", d.licensed, d.exempt,
  d.unlicensed, d.unknown, d.disputed, d.cleared, d.at_most, d.status, d.reason
FROM derived.recording_names AS n
JOIN derived.recording_pictures AS r ON r.number = n.number
JOIN derived.pictures AS p ON p.picture = r.picture AND p."right" = r."right"
JOIN derived.shape_segments AS d ON d.high = p.high AND d.low = p.low AND d."right" = p."right"
JOIN derived.country_sets AS s USING (country_set)
