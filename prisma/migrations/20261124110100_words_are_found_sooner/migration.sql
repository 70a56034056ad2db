-- The words of a thing as they are written, the smallest left out.
CREATE FUNCTION search_written(title text, parts jsonb) RETURNS SETOF text LANGUAGE sql IMMUTABLE AS $$
  SELECT one
  FROM string_to_table(regexp_replace(lower(normalize(concat_ws(' ', title, (SELECT string_agg(p ->> 'text', ' ') FROM jsonb_array_elements(parts) AS p)), NFC)),
    '[\u0001-\u0060\u007B-\u00BF\u2000-\u206F\u20A0-\u20CF\u2190-\u2BFF\u2E00-\u2E7F\u3000-\u303F]+', ' ', 'g'), ' ') AS one
  WHERE length(one) BETWEEN 3 AND 30
$$;

CREATE OR REPLACE FUNCTION search_vocabulary(title text, parts jsonb) RETURNS TABLE (word text, shown text) LANGUAGE sql IMMUTABLE AS $$
  SELECT search_fold(one), min(one) FROM search_written(title, parts) AS one GROUP BY 1
$$;

-- Everything anew: each word is folded once, however many things have it.
CREATE OR REPLACE FUNCTION search_rebuild() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM "SearchEntry";
  DELETE FROM "SearchWord";
  INSERT INTO "SearchEntry" (id, kind, ref, language, title, parts, number, at, words)
  SELECT id, kind, ref, language, title, parts, number, at, search_words(kind, language, title, number, parts) FROM "SearchSource";
  INSERT INTO "SearchWord" (word, shown)
  SELECT search_fold(one), min(one) FROM (SELECT DISTINCT one FROM "SearchEntry" k CROSS JOIN LATERAL search_written(k.title, k.parts) AS one) AS words GROUP BY 1;
END $$;
