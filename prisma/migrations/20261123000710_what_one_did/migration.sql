-- Whoever exports what we hold about them finds what they did in the journal without reading all of it.
CREATE INDEX "Activity_actorId_at_idx" ON "Activity"("actorId", "at");
