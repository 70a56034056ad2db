-- A letter that a visitor causes to an address that nobody proved waits for its turn, three in an hour; proving the
-- address makes it due at once, and must find it without looking at all that ever was sent.
ALTER TABLE "Letter" ADD COLUMN "heldFor" TEXT;
CREATE INDEX "Letter_held" ON "Letter" ("heldFor") WHERE "heldFor" IS NOT NULL;
