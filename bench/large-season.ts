import { query } from './registering'

export const EVENTS = 100_000
export const REGISTRATIONS = 1_000_000

/**
 * Twenty years of sessions, half of them over, each with its counter, its theme and ten registrations with their story
 * and their letter; some with a line, with companions, with a question; one in ten linked to a recommendation. Written
 * past the triggers, yet as the acts would have written it: it is the ground to measure on, and `check` finds nothing.
 */
export async function makeLargeSeason(databaseUrl: string) {
  await query({ databaseUrl }, SEASON, [])
  // One change that the triggers see: what was made of the season before is not what it is now.
  await query({ databaseUrl }, `UPDATE "Event" SET title = 'Mesure zéro' WHERE slug = 'mesure-0'`, [])
  await query({ databaseUrl }, 'SELECT search_rebuild()', [])
  await query({ databaseUrl }, 'ANALYZE', [])
}

const event = (n: string) => `md5('event ' || ${n})::uuid`
const registration = (n: string) => `md5('registration ' || ${n})::uuid`
/** Twelve of twenty thousand words, so that search has a vocabulary to look through. */
const words = (n: string) => `(SELECT string_agg(translate(left(md5((hashtext(${n} || ' ' || k) % 10000)::text), 4 + k % 5), '0123456789', 'ghijklmnop'), ' ') FROM generate_series(1, 12) k)`
const perEvent = REGISTRATIONS / EVENTS

// Registration n is the (n / EVENTS)th of event n % EVENTS. One event in twenty has fewer seats than people; at one in
// ten, the first to come brought a colleague; one in ten asks a question.
const place = `n / ${EVENTS}`
const isSmall = (n: string) => `${n} % ${EVENTS} % 20 = 0`
const bringsOne = `n % ${EVENTS} % 10 = 1 AND ${place} = 0`
const status = `(CASE WHEN ${isSmall('n')} AND ${place} >= 8 THEN 'waitlisted' ELSE 'confirmed' END)::"RegistrationStatus"`
const asks = (n: string) => `${n} % ${EVENTS} % 10 = 3`
const address = `'personne-' || ${place} * 5000 + n % 5000 || '@example.org'`

const SEASON = `DO $$ BEGIN
  SET LOCAL session_replication_role = replica;
  INSERT INTO "Event" (id, slug, uid, status, title, summary, description, "startDate", "startTime", "endDate", "endTime", "timeZone", "startsAt", "endsAt", "overAt", mode, waitlist, "formatId", "searchText", "publishedAt", "createdAt", "updatedAt")
  SELECT ${event('n')}, 'mesure-' || n, 'mesure-' || n || '@example.org', 'published', 'Mesure ' || n, 'Une séance parmi beaucoup.', ${words('n')}, to_char(wall, 'YYYY-MM-DD'), to_char(wall, 'HH24:MI'),
    to_char(wall, 'YYYY-MM-DD'), to_char(wall + interval '1 hour', 'HH24:MI'), 'Europe/Paris', wall AT TIME ZONE 'Europe/Paris', (wall + interval '1 hour') AT TIME ZONE 'Europe/Paris',
    (wall + interval '1 hour') AT TIME ZONE 'Europe/Paris', 'online', ${isSmall('n')},
    (SELECT id FROM "Series" WHERE nature = 'format' ORDER BY slug LIMIT 1), 'mesure ' || n || ' une seance parmi beaucoup', now(), now() - interval '1 day', now() - interval '1 day'
  FROM (SELECT n, current_date + (n / 14 - ${EVENTS} / 28) + time '08:40' + n % 14 * interval '45 minutes' AS wall FROM generate_series(0, ${EVENTS - 1}) n) times;
  INSERT INTO "Seating" ("eventId", place, open, capacity, taken, waiting, line)
  SELECT ${event('n')}, 'screen', true, CASE WHEN ${isSmall('n')} THEN 8 ELSE 100 END,
    CASE WHEN ${isSmall('n')} THEN 8 ELSE ${perEvent} + (n % 10 = 1)::int END, CASE WHEN ${isSmall('n')} THEN ${perEvent - 8} ELSE 0 END, ${perEvent} FROM generate_series(0, ${EVENTS - 1}) n;
  INSERT INTO "EventTheme" ("eventId", "themeId", position)
  SELECT ${event('n')}, t.id, 0 FROM generate_series(0, ${EVENTS - 1}) n JOIN (SELECT id, row_number() OVER (ORDER BY slug) - 1 AS k, count(*) OVER () AS many FROM "Theme") t ON t.k = n % t.many;
  INSERT INTO "EventRecommendation" ("eventId", "recommendationId", position)
  SELECT ${event('n')}, r.id, 0 FROM generate_series(0, ${EVENTS - 1}, 10) n JOIN (SELECT id, row_number() OVER (ORDER BY id) - 1 AS k, count(*) OVER () AS many FROM "Recommendation") r ON r.k = (n / 10) % r.many;
  INSERT INTO "Question" (id, "eventId", key, position, kind, label, options)
  SELECT md5('question ' || n)::uuid, ${event('n')}, 'meal', 0, 'one', 'Déjeunez-vous ?', '[{"key": "yes", "label": "Oui"}, {"key": "no", "label": "Non"}]' FROM generate_series(0, ${EVENTS - 1}) n WHERE ${asks('n')};
  INSERT INTO "Registration" (id, "eventId", place, status, name, address, "addressFold", locale, "timeZone", line, seats, revision, "manageHash", "replyHash", "createdAt", "updatedAt")
  SELECT ${registration('n')}, ${event(`n % ${EVENTS}`)}, 'screen', ${status}, 'Personne ' || n, ${address}, ${address},
    'fr', 'Europe/Paris', ${place} + 1, CASE WHEN ${bringsOne} THEN 2 ELSE 1 END, CASE WHEN ${bringsOne} THEN 1 ELSE 0 END, md5('manage ' || n) || md5('a'), md5('reply ' || n) || md5('b'), now() - interval '1 day', now() - interval '1 day' FROM generate_series(0, ${REGISTRATIONS - 1}) n;
  INSERT INTO "Companion" (id, "registrationId", name)
  SELECT md5('companion ' || n)::uuid, ${registration('n')}, 'Collègue' FROM generate_series(0, ${EVENTS - 1}) n WHERE ${bringsOne};
  INSERT INTO "Answer" ("registrationId", "questionId", value)
  SELECT ${registration('n')}, md5('question ' || n % ${EVENTS})::uuid, '"yes"' FROM generate_series(0, ${REGISTRATIONS - 1}) n WHERE ${asks('n')};
  INSERT INTO "RegistrationStep" ("registrationId", at, status, actor, reason)
  SELECT ${registration('n')}, now() - interval '1 day', ${status}, 'guest', 'form' FROM generate_series(0, ${REGISTRATIONS - 1}) n;
  INSERT INTO "Letter" (id, about, kind, "eventId", locale, "toName", "toAddress", status, "dueAt", attempts, "messageId", "createdAt", "composedAt", subject, text, calendar, "calendarMethod", "sentAt")
  SELECT md5('letter ' || n)::uuid, 'registration/' || ${registration('n')}, CASE ${status} WHEN 'confirmed' THEN 'seat-confirmed' ELSE 'seat-waitlisted' END, ${event(`n % ${EVENTS}`)}, 'fr',
    'Personne ' || n, ${address}, 'sent', now() - interval '1 day', 1, 'letter-' || n || '@example.org', now() - interval '1 day', now() - interval '1 day',
    'Votre place', 'Bonjour Personne ' || n, E'BEGIN:VCALENDAR\\r\\nMETHOD:REQUEST\\r\\nBEGIN:VEVENT\\r\\nSEQUENCE:0\\r\\nEND:VEVENT\\r\\nEND:VCALENDAR\\r\\n', 'REQUEST', now() - interval '1 day' FROM generate_series(0, ${REGISTRATIONS - 1}) n;
  INSERT INTO "RegistrationStep" ("registrationId", at, status, actor, reason)
  SELECT ${registration('n')}, now() - interval '1 hour', 'confirmed', 'themselves', 'companion-added' FROM generate_series(0, ${EVENTS - 1}) n WHERE ${bringsOne};
  INSERT INTO "Letter" (id, about, kind, revision, "eventId", locale, "toName", "toAddress", status, "dueAt", attempts, "messageId", "createdAt", "composedAt", "sentAt")
  SELECT md5('brought ' || n)::uuid, 'registration/' || ${registration('n')}, 'companion-changed', 1, ${event('n')}, 'fr', 'Personne ' || n, ${address}, 'sent', now() - interval '1 hour', 1,
    'brought-' || n || '@example.org', now() - interval '1 hour', now() - interval '1 hour', now() - interval '1 hour' FROM generate_series(0, ${EVENTS - 1}) n WHERE ${bringsOne};
END $$`
