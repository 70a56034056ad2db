-- Search: one row for each thing that can be found, made of the rows that pages show, in the same transaction as their
-- change. What is withdrawn, unpublished or no more for everybody has no row from that moment on.
-- CreateEnum
CREATE TYPE "SearchKind" AS ENUM ('event', 'report', 'recommendation', 'passage', 'speaker');

-- CreateTable
CREATE TABLE "SearchEntry" (
    "id" TEXT NOT NULL,
    "kind" "SearchKind" NOT NULL,
    "ref" UUID NOT NULL,
    "language" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "parts" JSONB NOT NULL,
    "number" INTEGER,
    "at" TIMESTAMPTZ(3),
    "words" tsvector NOT NULL,

    CONSTRAINT "SearchEntry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SearchWord" (
    "word" TEXT NOT NULL,
    "shown" TEXT NOT NULL,

    CONSTRAINT "SearchWord_pkey" PRIMARY KEY ("word")
);

-- CreateIndex
CREATE INDEX "SearchEntry_kind_ref_idx" ON "SearchEntry"("kind", "ref");

-- CreateIndex
CREATE INDEX "SearchEntry_kind_at_idx" ON "SearchEntry"("kind", "at");

-- CreateIndex
CREATE INDEX "SearchEntry_words_idx" ON "SearchEntry" USING GIN ("words");

-- CreateIndex
CREATE INDEX "SearchWord_word_idx" ON "SearchWord" USING GIN ("word" gin_trgm_ops);

-- As lib/text.ts folds, and nothing but letters, figures and single spaces is left: Postgres's parser then sees words alone.
CREATE FUNCTION search_fold(said text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT trim(regexp_replace(
    replace(replace(replace(translate(lower(regexp_replace(normalize(said, NFKD), '[\u0300-\u036F]', '', 'g')), 'øłđðı', 'oldoi'), 'œ', 'oe'), 'æ', 'ae'), 'ß', 'ss'),
    '[\u0001-\u002F\u003A-\u0060\u007B-\u00BF\u2000-\u206F\u20A0-\u20CF\u2190-\u2BFF\u2E00-\u2E7F\u3000-\u303F]+', ' ', 'g'))
$$;

CREATE FUNCTION search_config(language text) RETURNS regconfig LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE language WHEN 'en' THEN 'pg_catalog.english'::regconfig ELSE 'pg_catalog.french'::regconfig END
$$;

-- A piece of a thing's text, and which piece it is; nothing where there is no text.
CREATE FUNCTION search_part(at text, language text, said text) RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN trim(coalesce(said, '')) <> '' THEN jsonb_build_object('at', at, 'lang', language, 'text', said) END
$$;

CREATE FUNCTION search_parts(VARIADIC parts jsonb[]) RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT coalesce(jsonb_agg(part ORDER BY place), '[]') FROM unnest(parts) WITH ORDINALITY AS p (part, place) WHERE part IS NOT NULL
$$;

-- Positions of one piece follow those of the one before.
CREATE AGGREGATE search_joined(tsvector) (SFUNC = tsvector_concat, STYPE = tsvector, INITCOND = '');

-- What is looked in. Words of the title stand in it as they are too, small ones like « son » included; the kind is a
-- word that nobody can type, so that one index finds words within a kind; themes and series are such words too, which a
-- new name of theirs leaves as they are. A passage has its event's title, and is not
-- found by it: all of a long restitution would be.
CREATE FUNCTION search_words(kind "SearchKind", language text, title text, number int, parts jsonb) RETURNS tsvector LANGUAGE sql IMMUTABLE AS $$
  SELECT array_to_tsvector(ARRAY['=' || kind])
    || CASE WHEN kind = 'passage' THEN ''::tsvector
       ELSE setweight(to_tsvector(search_config(language), search_fold(title)), 'A') || setweight(to_tsvector('simple', search_fold(title)), 'A') END
    || CASE WHEN kind = 'recommendation' THEN setweight(to_tsvector('simple', number::text), 'A')
         || setweight(to_tsvector('french', 'recommandation') || to_tsvector('english', 'recommendation'), 'B') ELSE ''::tsvector END
    || (SELECT search_joined(setweight(to_tsvector(search_config(p.part ->> 'lang'), search_fold(p.part ->> 'text')), (CASE
        WHEN p.part ->> 'at' IN ('title', 'short') THEN 'A'
        WHEN p.part ->> 'at' IN ('summary', 'wording', 'role', 'speakers') THEN 'B'
        WHEN p.part ->> 'at' IN ('theme', 'place', 'report', 'about') THEN 'D'
        ELSE 'C' END)::"char") ORDER BY p.place)
      FROM jsonb_array_elements(parts) WITH ORDINALITY AS p (part, place))
    || array_to_tsvector(ARRAY(SELECT '=' || id FROM jsonb_array_elements(parts) AS p, jsonb_array_elements_text(p -> 'ids') AS id))
$$;

-- A restitution in pieces: what is about something stands alone, other paragraphs are held together up to so many
-- characters, a heading begins anew. Each paragraph keeps its anchor.
CREATE FUNCTION search_chunks(document jsonb, language text) RETURNS TABLE (place int, parts jsonb) LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
  block jsonb;
  said text;
  held jsonb := '[]';
  size int := 0;
  about text;
BEGIN
  place := 0;
  FOR block IN SELECT jsonb_path_query(document, 'strict $.** ? (@.type == "paragraph" || @.type == "heading")', silent => true) LOOP
    CONTINUE WHEN jsonb_typeof(block -> 'content') IS DISTINCT FROM 'array';
    said := (SELECT trim(string_agg(CASE node ->> 'type' WHEN 'text' THEN node ->> 'text' WHEN 'speaker' THEN node #>> '{attrs,name}' ELSE ' ' END, '' ORDER BY n))
      FROM jsonb_array_elements(block -> 'content') WITH ORDINALITY AS c (node, n));
    CONTINUE WHEN coalesce(said, '') = '';
    about := (SELECT string_agg(coalesce('recommandation ' || (one ->> 'number') || ' recommendation ' || (one ->> 'number'), ''), ' ')
      FROM jsonb_array_elements(CASE WHEN jsonb_typeof(block #> '{attrs,about}') = 'array' THEN block #> '{attrs,about}' ELSE '[]' END) AS one);
    IF size > 0 AND (about IS NOT NULL OR block ->> 'type' = 'heading' OR size + length(said) > 1500) THEN
      parts := held;
      RETURN NEXT;
      place := place + 1;
      held := '[]';
      size := 0;
    END IF;
    held := held || jsonb_build_object('at', 'text', 'lang', language, 'text', said, 'id', block #>> '{attrs,id}');
    size := size + length(said);
    IF about IS NOT NULL THEN
      parts := held || jsonb_build_object('at', 'about', 'lang', language, 'text', about, 'refs', block #> '{attrs,about}');
      RETURN NEXT;
      place := place + 1;
      held := '[]';
      size := 0;
    END IF;
  END LOOP;
  IF size > 0 THEN
    parts := held;
    RETURN NEXT;
  END IF;
END $$;

-- What ought to be found, by its kind. The agenda shows what is called off and closed circles' events too, never drafts;
-- a restitution is everybody's where its event took place, shows its notes to all, and has an edition that stands.
CREATE VIEW "SearchSource" AS
SELECT 'event/' || e.id AS id, 'event'::"SearchKind" AS kind, e.id AS ref, e.language, e.title, NULL::int AS number, e."startsAt" AS at, search_parts(
    search_part('title', t.language, t.title),
    search_part('summary', e.language, e.summary), search_part('summary', t.language, t.summary),
    search_part('speakers', e.language, (SELECT string_agg(concat_ws(', ', s.name, s.organisation), ' ; ' ORDER BY l.position, s.slug)
      FROM "EventSpeaker" l JOIN "Speaker" s ON s.id = l."speakerId" WHERE l."eventId" = e.id)),
    search_part('description', e.language, e.description), search_part('description', t.language, t.description),
    search_part('place', e.language, (SELECT concat_ws(', ', v.name, v.city) FROM "Venue" v WHERE v.id = e."venueId")),
    (SELECT jsonb_build_object('at', 'links', 'lang', e.language, 'text', '', 'ids', jsonb_agg(id ORDER BY id)) FROM (
      SELECT "themeId" AS id FROM "EventTheme" WHERE "eventId" = e.id UNION SELECT "seriesId" FROM "EventCycle" WHERE "eventId" = e.id
      UNION SELECT e."formatId" WHERE e."formatId" IS NOT NULL) AS links HAVING count(*) > 0)
  ) AS parts
FROM "Event" e
  LEFT JOIN LATERAL (SELECT * FROM "EventTranslation" t WHERE t."eventId" = e.id AND t.language <> e.language ORDER BY t.language LIMIT 1) t ON true
WHERE e.status <> 'draft'
UNION ALL
SELECT 'passage/' || e.id || '/' || c.place, 'passage', e.id, e.language, e.title, d.number, e."startsAt", c.parts
FROM "Event" e
  CROSS JOIN LATERAL (SELECT number, document FROM "Edition" WHERE "eventId" = e.id AND "withdrawnAt" IS NULL ORDER BY number DESC LIMIT 1) d
  CROSS JOIN LATERAL search_chunks(d.document, e.language) c
WHERE e.status = 'published' AND e."notesVisibility" = 'all'
UNION ALL
SELECT 'report/' || r.id, 'report', r.id, r.language, r.title, NULL, NULL, search_parts(
    search_part('publisher', r.language, r.publisher), search_part('summary', 'fr', r."summaryFr"), search_part('summary', 'en', r."summaryEn"))
FROM "Report" r
UNION ALL
SELECT 'recommendation/' || n.id, 'recommendation', n.id, chosen.language, chosen.title, n.number, NULL, (
    SELECT coalesce(jsonb_agg(part ORDER BY place, within), '[]') FROM (
      SELECT 0 AS place, 0 AS within, search_part('short', 'fr', n."shortFr") AS part WHERE chosen.title IS DISTINCT FROM n."shortFr"
      UNION ALL SELECT 0, 1, search_part('short', 'en', n."shortEn") WHERE chosen.title IS DISTINCT FROM n."shortEn"
      UNION ALL SELECT 1, w.position, search_part('wording', w.language, w.text) FROM "Wording" w WHERE w."recommendationId" = n.id
      UNION ALL SELECT 2, 0, search_part('section', r.language, n.section)
      UNION ALL SELECT 2, 1, search_part('theme', r.language, 'culture') WHERE n.cultural
      UNION ALL SELECT 3, 0, search_part('theme', 'fr', string_agg(t."nameFr", ' ; ' ORDER BY t.slug)) FROM "Theme" t WHERE t.id IN (SELECT "themeId" FROM "ReadingLink" WHERE "recommendationId" = n.id)
      UNION ALL SELECT 3, 1, search_part('theme', 'en', string_agg(t."nameEn", ' ; ' ORDER BY t.slug)) FROM "Theme" t WHERE t.id IN (SELECT "themeId" FROM "ReadingLink" WHERE "recommendationId" = n.id)
      UNION ALL SELECT 4, 0, search_part('report', r.language, r.title)
    ) AS pieces WHERE part IS NOT NULL)
FROM "Recommendation" n JOIN "Report" r ON r.id = n."reportId"
  CROSS JOIN LATERAL (
    SELECT title, language FROM (
      SELECT 0 AS place, n."shortFr" AS title, 'fr' AS language WHERE r.language <> 'en'
      UNION ALL SELECT 1, n."shortEn", 'en'
      UNION ALL SELECT 2, n."shortFr", 'fr'
      UNION ALL (SELECT 3, w.text, w.language FROM "Wording" w WHERE w."recommendationId" = n.id ORDER BY w.official DESC, w.position LIMIT 1)
      UNION ALL SELECT 4, r.title, r.language
    ) AS titles WHERE title IS NOT NULL ORDER BY place LIMIT 1
  ) AS chosen
UNION ALL
SELECT 'speaker/' || s.id, 'speaker', s.id, 'fr', s.name, NULL, shown.at, search_parts(
    search_part('role', 'fr', s."roleFr"), search_part('role', 'en', s."roleEn"), search_part('organisation', 'fr', s.organisation))
FROM "Speaker" s
  CROSS JOIN LATERAL (SELECT max(e."startsAt") AS at FROM "EventSpeaker" l JOIN "Event" e ON e.id = l."eventId" WHERE l."speakerId" = s.id AND e.status <> 'draft') AS shown
WHERE shown.at IS NOT NULL;

-- The words that are written somewhere, folded and as they are written: what a mistyped word is compared with.
CREATE FUNCTION search_vocabulary(title text, parts jsonb) RETURNS TABLE (word text, shown text) LANGUAGE sql IMMUTABLE AS $$
  SELECT search_fold(one), min(one)
  FROM (SELECT regexp_split_to_table(lower(normalize(said, NFC)), '[\u0001-\u0060\u007B-\u00BF\u2000-\u206F\u20A0-\u20CF\u2190-\u2BFF\u2E00-\u2E7F\u3000-\u303F]+') AS one
    FROM (SELECT title AS said UNION ALL SELECT p ->> 'text' FROM jsonb_array_elements(parts) AS p) AS texts) AS words
  WHERE length(one) BETWEEN 3 AND 30 GROUP BY 1
$$;

-- Makes the entries of these things what they ought to be; touches none that is so already. Planned once: planning takes longer.
CREATE FUNCTION search_keep(what "SearchKind", refs uuid[]) RETURNS void LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  one uuid;
BEGIN
  FOR one IN SELECT DISTINCT r FROM unnest(refs) AS r ORDER BY r LOOP
    -- Two acts that change what is said of one thing: the second looks when the first is done, and sees both.
    PERFORM 1 FROM "SearchEntry" WHERE kind = what AND ref = one ORDER BY id FOR UPDATE;
    WITH fresh AS MATERIALIZED (SELECT * FROM "SearchSource" WHERE kind = what AND ref = one),
    known AS MATERIALIZED (SELECT id, language, title, parts, number, at FROM "SearchEntry" WHERE kind = what AND ref = one),
    gone AS (DELETE FROM "SearchEntry" k USING known WHERE k.id = known.id AND NOT EXISTS (SELECT 1 FROM fresh f WHERE f.id = k.id)),
    kept AS (
      INSERT INTO "SearchEntry" AS k (id, kind, ref, language, title, parts, number, at, words)
      SELECT f.id, f.kind, f.ref, f.language, f.title, f.parts, f.number, f.at, search_words(f.kind, f.language, f.title, f.number, f.parts)
      FROM fresh f LEFT JOIN known k ON k.id = f.id
      WHERE (k.language, k.title, k.parts, k.number, k.at) IS DISTINCT FROM (f.language, f.title, f.parts, f.number, f.at)
      ON CONFLICT (id) DO UPDATE SET language = excluded.language, title = excluded.title, parts = excluded.parts, number = excluded.number, at = excluded.at, words = excluded.words
      RETURNING k.title, k.parts
    )
    -- In their order: two acts that bring the same words do not wait for one another in a circle.
    INSERT INTO "SearchWord" (word, shown)
    SELECT v.word, min(v.shown) FROM kept CROSS JOIN LATERAL search_vocabulary(kept.title, kept.parts) v
    WHERE v.word <> ALL (ARRAY(SELECT w.word FROM "SearchWord" w WHERE w.word = v.word))
    GROUP BY v.word ORDER BY v.word ON CONFLICT DO NOTHING;
  END LOOP;
END $$;

-- Everything anew: where rows came in past the triggers.
CREATE FUNCTION search_rebuild() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM "SearchEntry";
  DELETE FROM "SearchWord";
  INSERT INTO "SearchEntry" (id, kind, ref, language, title, parts, number, at, words)
  SELECT id, kind, ref, language, title, parts, number, at, search_words(kind, language, title, number, parts) FROM "SearchSource";
  INSERT INTO "SearchWord" (word, shown)
  SELECT v.word, min(v.shown) FROM "SearchEntry" k CROSS JOIN LATERAL search_vocabulary(k.title, k.parts) v GROUP BY v.word;
END $$;

-- The first argument is the kind of what is to be looked at again, the second a statement that finds it: by the rows
-- that changed, once for all of them, or by the one row that did.
CREATE FUNCTION search_follows() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  refs uuid[];
  which text := replace(TG_ARGV[1], 'CHANGED', 'changed');
BEGIN
  IF TG_LEVEL = 'ROW' THEN
    EXECUTE format('SELECT array_agg(DISTINCT ref) FROM (%s) AS r (ref)', TG_ARGV[1]) INTO refs USING NEW.id;
  ELSE
    IF TG_OP = 'UPDATE' THEN which := which || ' UNION ' || replace(TG_ARGV[1], 'CHANGED', 'was'); END IF;
    EXECUTE format('SELECT array_agg(DISTINCT ref) FROM (%s) AS r (ref)', which) INTO refs;
  END IF;
  PERFORM search_keep(TG_ARGV[0]::"SearchKind", refs);
  RETURN NULL;
END $$;

-- `SELECT search_watches('"Table"', 'kind', 'SELECT … FROM CHANGED')` is the one line for a table whose rows stand in entries.
CREATE FUNCTION search_watches(watched regclass, what text, which text, on_update boolean DEFAULT true) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  act text := format('FOR EACH STATEMENT EXECUTE FUNCTION search_follows(%L, %L)', what, which);
BEGIN
  EXECUTE format('CREATE TRIGGER search_%s_comes AFTER INSERT ON %s REFERENCING NEW TABLE AS changed %s', what, watched, act);
  EXECUTE format('CREATE TRIGGER search_%s_goes AFTER DELETE ON %s REFERENCING OLD TABLE AS changed %s', what, watched, act);
  IF on_update THEN EXECUTE format('CREATE TRIGGER search_%s_changes AFTER UPDATE ON %s REFERENCING OLD TABLE AS was NEW TABLE AS changed %s', what, watched, act); END IF;
END $$;

-- The same for a row of which only these columns matter; `$1` is its id.
CREATE FUNCTION search_watches_columns(watched regclass, what text, columns text[], which text, holds text DEFAULT 'true') RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('CREATE TRIGGER search_%s_differs AFTER UPDATE ON %s FOR EACH ROW WHEN ((%s) AND (%s)) EXECUTE FUNCTION search_follows(%L, %L)', what, watched, holds,
    (SELECT string_agg(format('OLD.%1$I IS DISTINCT FROM NEW.%1$I', name), ' OR ') FROM unnest(columns) AS name), what, which);
END $$;

SELECT search_watches('"Event"', 'event', 'SELECT id FROM CHANGED WHERE status <> ''draft''', false);
SELECT search_watches('"Event"', 'passage', 'SELECT id FROM CHANGED WHERE status <> ''draft''', false);
SELECT search_watches_columns('"Event"', 'event', ARRAY['status', 'title', 'summary', 'description', 'language', 'startsAt', 'venueId', 'formatId'],
  'SELECT $1', 'OLD.status <> ''draft'' OR NEW.status <> ''draft''');
SELECT search_watches_columns('"Event"', 'passage', ARRAY['status', 'title', 'language', 'startsAt', 'notesVisibility'],
  'SELECT $1', 'OLD.status <> ''draft'' OR NEW.status <> ''draft''');
SELECT search_watches_columns('"Event"', 'speaker', ARRAY['status', 'startsAt'],
  'SELECT "speakerId" FROM "EventSpeaker" WHERE "eventId" = $1', 'OLD.status <> ''draft'' OR NEW.status <> ''draft''');
SELECT search_watches(format('%I', name)::regclass, 'event', 'SELECT l."eventId" FROM CHANGED l JOIN "Event" e ON e.id = l."eventId" WHERE e.status <> ''draft''')
  FROM unnest(ARRAY['EventTranslation', 'EventTheme', 'EventCycle', 'EventSpeaker']) AS name;
SELECT search_watches('"EventSpeaker"', 'speaker', 'SELECT "speakerId" FROM CHANGED');
SELECT search_watches('"Edition"', 'passage', 'SELECT "eventId" FROM CHANGED');
SELECT search_watches_columns('"Venue"', 'event', ARRAY['name', 'city'], 'SELECT id FROM "Event" WHERE "venueId" = $1');
SELECT search_watches_columns('"Theme"', 'recommendation', ARRAY['nameFr', 'nameEn'], 'SELECT "recommendationId" FROM "ReadingLink" WHERE "themeId" = $1');
SELECT search_watches_columns('"Speaker"', 'event', ARRAY['name', 'organisation'], 'SELECT "eventId" FROM "EventSpeaker" WHERE "speakerId" = $1');
SELECT search_watches_columns('"Speaker"', 'speaker', ARRAY['name', 'roleFr', 'roleEn', 'organisation'], 'SELECT $1');
SELECT search_watches('"Report"', 'report', 'SELECT id FROM CHANGED');
SELECT search_watches_columns('"Report"', 'recommendation', ARRAY['title', 'language'], 'SELECT id FROM "Recommendation" WHERE "reportId" = $1');
SELECT search_watches('"Recommendation"', 'recommendation', 'SELECT id FROM CHANGED');
SELECT search_watches('"Wording"', 'recommendation', 'SELECT "recommendationId" FROM CHANGED');
SELECT search_watches('"ReadingLink"', 'recommendation', 'SELECT "recommendationId" FROM CHANGED');

-- Words as the index holds them: each in French, in English, as it is, or as the name of a theme or a series. Small
-- words, which French or English leaves out, count only where there are no others; null where there is nothing to look for.
CREATE FUNCTION search_query(words text[]) RETURNS tsquery LANGUAGE plpgsql STABLE SET client_min_messages = warning AS $$
DECLARE
  one text;
  whole tsquery;
  small tsquery;
  exact tsquery;
BEGIN
  FOREACH one IN ARRAY words LOOP
    exact := plainto_tsquery('simple', one);
    IF numnode(plainto_tsquery('french', one)) = 0 OR numnode(plainto_tsquery('english', one)) = 0 THEN
      small := coalesce(small && exact, exact);
    ELSE
      exact := plainto_tsquery('french', one) || plainto_tsquery('english', one) || exact;
      exact := exact || coalesce((SELECT string_agg(format('''=%s''', id), ' | ')::tsquery FROM (
        SELECT id, "nameFr", "nameEn" FROM "Theme" UNION ALL SELECT id, "nameFr", "nameEn" FROM "Series"
      ) AS names WHERE to_tsvector('french', search_fold("nameFr")) || to_tsvector('english', search_fold("nameEn")) @@ exact), ''::tsquery);
      whole := coalesce(whole && exact, exact);
    END IF;
  END LOOP;
  RETURN coalesce(whole, small);
END $$;

SELECT search_rebuild();
