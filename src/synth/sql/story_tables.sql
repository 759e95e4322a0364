-- Tables of the planted stories, filled from the templates in stories/. One row of `stories` per story, one of each other
-- table per row that it tells. `since_shift`, `until_shift` count deliveries from that of the instance's change (null:
-- from the first, for ever); `replaces` and `is_replaced` say that the row is the same key before and after a change. A
-- date is `<name>` as written, or `<name>_shift` days after the first of the month of the change.
CREATE TABLE stories (story INTEGER, name VARCHAR, instances BIGINT, first_work BIGINT, works BIGINT, first_recording BIGINT,
  recordings BIGINT, first_party BIGINT, parties BIGINT, span BIGINT);
CREATE TABLE story_parties (story INTEGER, feed VARCHAR, party BIGINT, name_of BIGINT, name VARCHAR, ipi VARCHAR, isni_of BIGINT,
  group_of BIGINT, kind VARCHAR, since_shift BIGINT, until_shift BIGINT, replaces BOOLEAN, is_replaced BOOLEAN);
CREATE TABLE story_works (story INTEGER, feed VARCHAR, work BIGINT, title_of BIGINT, iswc VARCHAR, iswc_of BIGINT,
  since_shift BIGINT, until_shift BIGINT, replaces BOOLEAN, is_replaced BOOLEAN);
CREATE TABLE story_recordings (story INTEGER, feed VARCHAR, recording BIGINT, title_of BIGINT, isrc VARCHAR, isrc_of BIGINT,
  longer BIGINT, since_shift BIGINT, until_shift BIGINT, replaces BOOLEAN, is_replaced BOOLEAN);
CREATE TABLE story_links (story INTEGER, feed VARCHAR, recording BIGINT, work BIGINT, weight VARCHAR,
  since_shift BIGINT, until_shift BIGINT, replaces BOOLEAN, is_replaced BOOLEAN);
CREATE TABLE story_shares (story INTEGER, feed VARCHAR, work BIGINT, party BIGINT, share VARCHAR, share_kind VARCHAR,
  "right" VARCHAR, role VARCHAR, chain VARCHAR, territories VARCHAR, valid_from VARCHAR, valid_from_shift INTEGER,
  valid_to VARCHAR, valid_to_shift INTEGER, since_shift BIGINT, until_shift BIGINT, replaces BOOLEAN, is_replaced BOOLEAN);
CREATE TABLE story_licences (story INTEGER, feed VARCHAR, key VARCHAR, "right" VARCHAR, coverage VARCHAR, party BIGINT,
  territories VARCHAR, valid_from VARCHAR, valid_from_shift INTEGER, valid_to VARCHAR, valid_to_shift INTEGER,
  signed_at VARCHAR, repertoire VARCHAR, uses VARCHAR, since_shift BIGINT, until_shift BIGINT, replaces BOOLEAN, is_replaced BOOLEAN);
CREATE TABLE story_usage (story INTEGER, feed VARCHAR, recording BIGINT, territory VARCHAR, period VARCHAR, streams BIGINT,
  use VARCHAR, since_shift BIGINT, until_shift BIGINT, replaces BOOLEAN, is_replaced BOOLEAN);
CREATE TABLE story_truth (story INTEGER, conflict VARCHAR, role VARCHAR, work BIGINT, recording BIGINT, party BIGINT, licence VARCHAR,
  feeds VARCHAR, "right" VARCHAR, territories VARCHAR, valid_from VARCHAR, valid_from_shift INTEGER, valid_to VARCHAR,
  valid_to_shift INTEGER, since_shift BIGINT, until_shift BIGINT, magnitude DECIMAL(18, 6), note VARCHAR);

-- One row per instance of a story, with the delivery of its change.
CREATE MACRO story_instances() AS TABLE
SELECT *, 1 + instance % span AS change, first_work + instance * works AS work_base,
  first_recording + instance * recordings AS recording_base, first_party + instance * parties AS party_base
FROM (SELECT *, unnest(range(instances)) AS instance FROM stories);

CREATE MACRO stands_from(change, shift) AS CASE WHEN shift IS NULL THEN 0 ELSE change + shift END;
CREATE MACRO shifted_day(written, change, shift) AS
  CASE WHEN shift IS NULL THEN written ELSE (day_of(change) + shift::INTEGER)::VARCHAR END;
CREATE MACRO story_feed(feed) AS list_filter(range(0, len(feed_names())), lambda number: split_part(feed_names()[1 + number], '/', 1) = feed)[1];
