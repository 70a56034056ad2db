-- Which sessions followers were told of.
CREATE TABLE "Announcement" (
    "eventId" UUID NOT NULL,
    "batch" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Announcement_pkey" PRIMARY KEY ("eventId")
);

CREATE INDEX "Announcement_batch_idx" ON "Announcement"("batch");

ALTER TABLE "Announcement" ADD CONSTRAINT "Announcement_eventId_fkey" FOREIGN KEY ("eventId") REFERENCES "Event"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Nobody followed anything before: what is on the agenda by now is no news.
INSERT INTO "Announcement" ("eventId", "batch", "at") SELECT id, id, now() FROM "Event" WHERE "publishedAt" IS NOT NULL;

ALTER TABLE "Letter" ADD COLUMN "listUnsubscribe" TEXT;

-- Feeds of news hold restitutions with their passages from now on.
DROP TRIGGER in_feeds_from_now ON "Edition";
DROP TRIGGER in_feeds_otherwise ON "Edition";
DROP TRIGGER in_feeds_no_more ON "Edition";
DROP TRIGGER in_feeds_emptied ON "Edition";
SELECT shown_in_feeds('"Edition"', ARRAY['eventId', 'number', 'authors', 'licence', 'publishedAt', 'withdrawnAt']);
SELECT shown_in_feeds('"Passage"', ARRAY['editionId', 'paragraphId', 'position', 'text', 'recommendationId', 'themeId']);
