import { query } from './registering'

export const EVENTS = 100_000
export const REGISTRATIONS = 1_000_000

/**
 * Twenty years of sessions, half of them over, each with its counter, its theme and ten registrations; one in ten
 * linked to a recommendation. Written past the triggers: it is the ground to measure on, no act of anybody.
 */
export async function makeLargeSeason(databaseUrl: string) {
  await query({ databaseUrl }, SEASON, [])
  await query({ databaseUrl }, 'ANALYZE', [])
}

const SEASON = `DO $$ BEGIN
  SET LOCAL session_replication_role = replica;
  INSERT INTO "Event" (id, slug, uid, status, title, summary, "startDate", "startTime", "endTime", "timeZone", "startsAt", "endsAt", "overAt", mode, "formatId", "searchText", "publishedAt")
  SELECT md5('event ' || n)::uuid, 'mesure-' || n, 'mesure-' || n || '@example.org', 'published', 'Mesure ' || n, 'Une séance parmi beaucoup.', to_char(at, 'YYYY-MM-DD'),
    to_char(at, 'HH24:MI'), to_char(at + interval '1 hour', 'HH24:MI'), 'Europe/Paris', at, at + interval '1 hour', at + interval '1 hour', 'online',
    (SELECT id FROM "Series" WHERE nature = 'format' ORDER BY slug LIMIT 1), 'mesure ' || n || ' une seance parmi beaucoup', now()
  FROM (SELECT n, date_trunc('day', now()) + (n - ${EVENTS} / 2) * interval '105 minutes' + interval '40 minutes' AS at FROM generate_series(1, ${EVENTS}) n) times;
  INSERT INTO "Seating" ("eventId", place, open, capacity, taken, line)
  SELECT md5('event ' || n)::uuid, 'screen', true, 100, ${REGISTRATIONS / EVENTS}, ${REGISTRATIONS / EVENTS} FROM generate_series(1, ${EVENTS}) n;
  INSERT INTO "EventTheme" ("eventId", "themeId", position)
  SELECT md5('event ' || n)::uuid, t.id, 0 FROM generate_series(1, ${EVENTS}) n JOIN (SELECT id, row_number() OVER (ORDER BY slug) - 1 AS k, count(*) OVER () AS many FROM "Theme") t ON t.k = n % t.many;
  INSERT INTO "EventRecommendation" ("eventId", "recommendationId", position)
  SELECT md5('event ' || n)::uuid, r.id, 0 FROM generate_series(1, ${EVENTS}, 10) n JOIN (SELECT id, row_number() OVER (ORDER BY id) - 1 AS k, count(*) OVER () AS many FROM "Recommendation") r ON r.k = (n / 10) % r.many;
  INSERT INTO "Registration" (id, "eventId", place, status, name, address, "addressFold", locale, "timeZone", line, "manageHash", "replyHash")
  SELECT md5('registration ' || n)::uuid, md5('event ' || (n % ${EVENTS} + 1))::uuid, 'screen', 'confirmed', 'Personne ' || n, 'personne-' || n % 50000 || '@example.org', 'personne-' || n % 50000 || '-' || n || '@example.org',
    'fr', 'Europe/Paris', n / ${EVENTS} + 1, md5('manage ' || n) || md5('a'), md5('reply ' || n) || md5('b') FROM generate_series(1, ${REGISTRATIONS}) n;
END $$`
