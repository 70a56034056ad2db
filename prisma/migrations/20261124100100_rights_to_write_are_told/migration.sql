-- Whoever writes in live notes and may not any more is sent away at once, not at the next look: the processes that have
-- notes open listen to this channel. The payload is the event, or nothing where it may be any.
CREATE FUNCTION tell_notes_rights() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('notes_rights', coalesce(to_jsonb(OLD) ->> TG_ARGV[0], ''));
  RETURN NULL;
END $$;

CREATE TRIGGER tell_notes_rights AFTER UPDATE OF status ON "Registration" FOR EACH ROW
  WHEN (OLD.status = 'confirmed' AND NEW.status <> 'confirmed') EXECUTE FUNCTION tell_notes_rights('eventId');
CREATE TRIGGER tell_notes_rights AFTER UPDATE OF status, "notesWriters", "startsAt", "endsAt" ON "Event" FOR EACH ROW
  WHEN (OLD."notesWriters" = 'registered' AND (OLD.status, OLD."notesWriters", OLD."startsAt", OLD."endsAt") IS DISTINCT FROM (NEW.status, NEW."notesWriters", NEW."startsAt", NEW."endsAt"))
  EXECUTE FUNCTION tell_notes_rights('id');
CREATE TRIGGER tell_notes_rights AFTER UPDATE OF role OR DELETE ON "Person" FOR EACH ROW
  EXECUTE FUNCTION tell_notes_rights('');
