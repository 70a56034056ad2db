-- The version of what calendars and news feeds show. The version of what everybody may see rises with every seat that
-- is taken; this one only with what stands in a feed, so that a feed that has not changed is never made again.
CREATE TABLE "FeedVersion" (
    "id" SMALLINT NOT NULL DEFAULT 1,
    "n" BIGINT NOT NULL,

    CONSTRAINT "FeedVersion_pkey" PRIMARY KEY ("id")
);
ALTER TABLE "FeedVersion" SET (fillfactor = 20);

-- Feeds as they were last made, for every process and the next start.
CREATE TABLE "StoredFeed" (
    "name" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "day" TEXT NOT NULL,
    "etag" TEXT NOT NULL,
    "octets" INTEGER NOT NULL,
    "body" BYTEA,
    "modifiedAt" TIMESTAMPTZ(3) NOT NULL,
    "madeAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "StoredFeed_pkey" PRIMARY KEY ("name")
);
-- It is packed already.
ALTER TABLE "StoredFeed" ALTER COLUMN "body" SET STORAGE EXTERNAL;

-- What raise_version() did, for whoever raises more than one version.
CREATE FUNCTION raise_common_version() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  -- Once per transaction. The note is local to it, and undone with a savepoint as the rise itself is.
  IF current_setting('parlons_en.version_raised', true) = 'yes' THEN RETURN; END IF;
  INSERT INTO "Version" (shard, n)
  VALUES (pg_backend_pid() % 16, (extract(epoch FROM clock_timestamp()) * 1000000)::bigint)
  ON CONFLICT (shard) DO UPDATE SET n = greatest("Version".n + 1, excluded.n);
  PERFORM set_config('parlons_en.version_raised', 'yes', true);
END $$;

CREATE OR REPLACE FUNCTION raise_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM raise_common_version();
  RETURN NULL;
END $$;

-- Counts as the other does: never again what it said before. One row: what stands in feeds changes seldom.
CREATE FUNCTION raise_feed_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_setting('parlons_en.feed_version_raised', true) = 'yes' THEN RETURN NULL; END IF;
  -- Always the common one first: two transactions that raise both take their locks in the same order.
  PERFORM raise_common_version();
  INSERT INTO "FeedVersion" (id, n)
  VALUES (1, (extract(epoch FROM clock_timestamp()) * 1000000)::bigint)
  ON CONFLICT (id) DO UPDATE SET n = greatest("FeedVersion".n + 1, excluded.n);
  PERFORM set_config('parlons_en.feed_version_raised', 'yes', true);
  RETURN NULL;
END $$;

-- `SELECT shown_in_feeds('"Table"', ARRAY['column', …])` is the one line that a later migration needs for columns that
-- feeds show. `shows` says of which rows: %s stands for the row. Deferred to the commit, as shown_to_all() is.
CREATE FUNCTION shown_in_feeds(shown regclass, columns text[], shows text DEFAULT 'true') RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  changed text := (SELECT string_agg(format('OLD.%1$I IS DISTINCT FROM NEW.%1$I', name), ' OR ') FROM unnest(columns) AS name);
  raised text := 'DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (%s) EXECUTE FUNCTION raise_feed_version()';
BEGIN
  EXECUTE format('CREATE CONSTRAINT TRIGGER in_feeds_from_now AFTER INSERT ON %s ' || raised, shown, format(shows, 'NEW'));
  EXECUTE format('CREATE CONSTRAINT TRIGGER in_feeds_otherwise AFTER UPDATE ON %s ' || raised, shown,
    format('(%s) AND (%s OR %s)', changed, format(shows, 'OLD'), format(shows, 'NEW')));
  EXECUTE format('CREATE CONSTRAINT TRIGGER in_feeds_no_more AFTER DELETE ON %s ' || raised, shown, format(shows, 'OLD'));
  EXECUTE format('CREATE TRIGGER in_feeds_emptied AFTER TRUNCATE ON %s FOR EACH STATEMENT EXECUTE FUNCTION raise_feed_version()', shown);
END $$;

SELECT shown_in_feeds('"Event"', ARRAY[
  'slug', 'uid', 'sequence', 'status', 'title', 'summary', 'language', 'startDate', 'startTime', 'endDate', 'endTime', 'timeZone',
  'startsAt', 'endsAt', 'overAt', 'mode', 'venueId', 'joinUrl', 'formatId', 'notesVisibility', 'restitutionUrl', 'createdAt', 'updatedAt'
], '%s."status" <> ''draft''');
SELECT shown_in_feeds('"EventAlias"', ARRAY['slug', 'eventId']);
SELECT shown_in_feeds('"EventTranslation"', ARRAY['eventId', 'language', 'title', 'summary']);
SELECT shown_in_feeds('"EventTheme"', ARRAY['eventId', 'themeId', 'position']);
SELECT shown_in_feeds('"EventRecommendation"', ARRAY['eventId', 'recommendationId']);
SELECT shown_in_feeds('"EventCycle"', ARRAY['eventId', 'seriesId']);
SELECT shown_in_feeds('"Venue"', ARRAY['name', 'address', 'city', 'lat', 'lon']);
SELECT shown_in_feeds('"Series"', ARRAY['slug', 'nameFr', 'nameEn']);
SELECT shown_in_feeds('"Theme"', ARRAY['slug', 'nameFr', 'nameEn', 'shortFr', 'shortEn']);
SELECT shown_in_feeds('"Report"', ARRAY['slug', 'title']);
SELECT shown_in_feeds('"Recommendation"', ARRAY['reportId', 'number']);
SELECT shown_in_feeds('"Edition"', ARRAY['eventId', 'withdrawnAt']);
SELECT shown_in_feeds('"Installation"', ARRAY['networkName']);
