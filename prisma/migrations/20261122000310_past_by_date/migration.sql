-- The past is read from today backwards, a page of the API from its cursor on: neither looks at more rows than it shows.
CREATE INDEX "Event_startsAt_id_idx" ON "Event" ("startsAt", id);
