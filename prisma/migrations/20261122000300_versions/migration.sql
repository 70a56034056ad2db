-- What everybody may see has a version: the sum of these rows. It rises in the same transaction as any change of it,
-- so that whoever reads the same version before and after has missed nothing (see server/kept.ts). Sixteen rows, one
-- picked by the connection, so that registrations of different events seldom wait for each other. A sequence would
-- not do: it is seen to rise before the change itself is seen.
CREATE TABLE IF NOT EXISTS "Version" (
    "shard" SMALLINT NOT NULL,
    "n" BIGINT NOT NULL,

    CONSTRAINT "Version_pkey" PRIMARY KEY ("shard")
);
-- Rows that are rewritten all the time stay in their one page.
ALTER TABLE "Version" SET (fillfactor = 20);

-- Counts in microseconds of the clock, and by one where the clock stands: a table that was emptied, or that comes from
-- a backup, never says again what it said before.
CREATE FUNCTION raise_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- Once per transaction. The note is local to it, and undone with a savepoint as the rise itself is.
  IF current_setting('parlons_en.version_raised', true) = 'yes' THEN RETURN NULL; END IF;
  INSERT INTO "Version" (shard, n)
  VALUES (pg_backend_pid() % 16, (extract(epoch FROM clock_timestamp()) * 1000000)::bigint)
  ON CONFLICT (shard) DO UPDATE SET n = greatest("Version".n + 1, excluded.n);
  PERFORM set_config('parlons_en.version_raised', 'yes', true);
  RETURN NULL;
END $$;

-- `SELECT shown_to_all('"Table"')` is the one line that a later migration needs for a table that public pages show.
-- Deferred to the commit: a row of "Version" is the last lock that a transaction takes, so that no circle of
-- transactions waiting for each other can go through it, and it is held only while the commit is written.
CREATE FUNCTION shown_to_all(shown regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('CREATE CONSTRAINT TRIGGER shown_to_all AFTER INSERT OR UPDATE OR DELETE ON %s
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION raise_version()', shown);
  EXECUTE format('CREATE TRIGGER shown_to_all_emptied AFTER TRUNCATE ON %s
    FOR EACH STATEMENT EXECUTE FUNCTION raise_version()', shown);
END $$;

SELECT shown_to_all(format('%I', name)::regclass) FROM unnest(ARRAY[
  'Event', 'EventAlias', 'EventTranslation', 'EventTheme', 'EventRecommendation', 'EventSpeaker', 'EventPartner',
  'EventCycle', 'ProgrammeItem', 'Seating', 'Speaker', 'Venue', 'Partner', 'Series',
  'Report', 'Recommendation', 'Wording', 'Theme', 'Reading', 'ReadingTheme', 'ReadingLink',
  'Edition', 'Passage', 'Discussion', 'Confirmation', 'Installation'
]) AS name;
