-- A tsvector holds a megabyte: a paragraph that is longer would let nobody publish. Of each piece so many characters are
-- looked in; an honest one is a hundredth of it.
CREATE OR REPLACE FUNCTION search_words(kind "SearchKind", language text, title text, number int, parts jsonb) RETURNS tsvector LANGUAGE sql IMMUTABLE AS $$
  SELECT array_to_tsvector(ARRAY['=' || kind])
    || CASE WHEN kind = 'passage' THEN ''::tsvector
       ELSE setweight(to_tsvector(search_config(language), search_fold(title)), 'A') || setweight(to_tsvector('simple', search_fold(title)), 'A') END
    || CASE WHEN kind = 'recommendation' THEN setweight(to_tsvector('simple', number::text), 'A')
         || setweight(to_tsvector('french', 'recommandation') || to_tsvector('english', 'recommendation'), 'B') ELSE ''::tsvector END
    || (SELECT search_joined(setweight(to_tsvector(search_config(p.part ->> 'lang'), search_fold(left(p.part ->> 'text', 100000))), (CASE
        WHEN p.part ->> 'at' IN ('title', 'short') THEN 'A'
        WHEN p.part ->> 'at' IN ('summary', 'wording', 'role', 'speakers') THEN 'B'
        WHEN p.part ->> 'at' IN ('theme', 'place', 'report', 'about') THEN 'D'
        ELSE 'C' END)::"char") ORDER BY p.place)
      FROM jsonb_array_elements(parts) WITH ORDINALITY AS p (part, place))
    || array_to_tsvector(ARRAY(SELECT '=' || id FROM jsonb_array_elements(parts) AS p, jsonb_array_elements_text(p -> 'ids') AS id))
$$;
