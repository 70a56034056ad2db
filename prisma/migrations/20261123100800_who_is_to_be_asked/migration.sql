-- Whoever is to be asked what stays with them is found without reading the whole past.
CREATE INDEX "Event_takeawayDoneAt_overAt_idx" ON "Event"("takeawayDoneAt", "overAt");
-- And what waits for a host, without reading all that was ever said.
CREATE INDEX "ProposedPassage_status_eventId_idx" ON "ProposedPassage"("status", "eventId");
