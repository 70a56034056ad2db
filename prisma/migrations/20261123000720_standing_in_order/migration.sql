-- A published session takes those who stand for its format in the order in which they stood, a hundred at a time.
CREATE INDEX "StandingRegistration_seriesId_createdAt_id_idx" ON "StandingRegistration"("seriesId", "createdAt", "id");
