-- Notes that several people write at once, what they leave to do, what goes with a session, houses that take one up, and who follows.
-- CreateEnum
CREATE TYPE "RelayStatus" AS ENUM ('open', 'approved', 'declined');

-- CreateEnum
CREATE TYPE "NotesWriters" AS ENUM ('organisers', 'registered');

-- CreateEnum
CREATE TYPE "ResourceKind" AS ENUM ('link', 'file', 'replay');

-- AlterTable
ALTER TABLE "Edition" ADD COLUMN     "changes" TEXT,
ADD COLUMN     "isTold" BOOLEAN NOT NULL DEFAULT true;

-- AlterTable
ALTER TABLE "Event" ADD COLUMN     "asksQuestions" BOOLEAN NOT NULL DEFAULT true,
ADD COLUMN     "notesWriters" "NotesWriters" NOT NULL DEFAULT 'organisers',
ADD COLUMN     "restitutionDueTold" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "EventSpeaker" ADD COLUMN     "handoutGeneration" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "handoutHash" TEXT;

-- AlterTable
ALTER TABLE "Notes" ADD COLUMN     "state" BYTEA;

-- AlterTable
ALTER TABLE "Registration" ADD COLUMN     "wantsNotes" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "Series" ADD COLUMN     "notesTemplate" TEXT;

-- CreateTable
CREATE TABLE "Relay" (
    "id" UUID NOT NULL,
    "eventId" UUID NOT NULL,
    "house" TEXT NOT NULL,
    "heldOn" DATE NOT NULL,
    "text" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "status" "RelayStatus" NOT NULL DEFAULT 'open',
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "decidedAt" TIMESTAMPTZ(3),
    "decidedBy" TEXT,

    CONSTRAINT "Relay_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "NotesHolder" (
    "eventId" UUID NOT NULL,
    "holder" UUID NOT NULL,
    "address" TEXT NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "NotesHolder_pkey" PRIMARY KEY ("eventId")
);

-- CreateTable
CREATE TABLE "NotesWriter" (
    "eventId" UUID NOT NULL,
    "writer" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "registrationId" UUID,
    "lastAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "NotesWriter_pkey" PRIMARY KEY ("eventId","writer")
);

-- CreateTable
CREATE TABLE "FollowUp" (
    "id" UUID NOT NULL,
    "eventId" UUID NOT NULL,
    "blockId" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "owner" TEXT,
    "due" DATE,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "closedAt" TIMESTAMPTZ(3),
    "closedBy" TEXT,
    "droppedAt" TIMESTAMPTZ(3),

    CONSTRAINT "FollowUp_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "FollowUpLink" (
    "followUpId" UUID NOT NULL,
    "recommendationId" UUID NOT NULL,

    CONSTRAINT "FollowUpLink_pkey" PRIMARY KEY ("followUpId","recommendationId")
);

-- CreateTable
CREATE TABLE "PreparedQuestion" (
    "id" UUID NOT NULL,
    "eventId" UUID NOT NULL,
    "registrationId" UUID,
    "text" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "hiddenAt" TIMESTAMPTZ(3),

    CONSTRAINT "PreparedQuestion_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "PreparedQuestionVote" (
    "questionId" UUID NOT NULL,
    "registrationId" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "PreparedQuestionVote_pkey" PRIMARY KEY ("questionId","registrationId")
);

-- CreateTable
CREATE TABLE "Resource" (
    "id" UUID NOT NULL,
    "eventId" UUID NOT NULL,
    "kind" "ResourceKind" NOT NULL,
    "title" TEXT NOT NULL,
    "url" TEXT,
    "fileName" TEXT,
    "mediaType" TEXT,
    "bytes" INTEGER,
    "digest" TEXT,
    "position" INTEGER NOT NULL DEFAULT 0,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "givenBy" TEXT NOT NULL,
    "speakerId" UUID,
    "shownAt" TIMESTAMPTZ(3),

    CONSTRAINT "Resource_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Follow" (
    "id" UUID NOT NULL,
    "address" TEXT NOT NULL,
    "addressFold" TEXT NOT NULL,
    "locale" TEXT NOT NULL,
    "target" TEXT NOT NULL,
    "generation" INTEGER NOT NULL DEFAULT 0,
    "hash" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "confirmedAt" TIMESTAMPTZ(3),
    "endedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Follow_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Relay_eventId_status_idx" ON "Relay"("eventId", "status");

-- CreateIndex
CREATE INDEX "Relay_status_createdAt_idx" ON "Relay"("status", "createdAt");

-- CreateIndex
CREATE INDEX "NotesWriter_registrationId_idx" ON "NotesWriter"("registrationId");

-- CreateIndex
CREATE INDEX "FollowUp_closedAt_due_idx" ON "FollowUp"("closedAt", "due");

-- CreateIndex
CREATE UNIQUE INDEX "FollowUp_eventId_blockId_key" ON "FollowUp"("eventId", "blockId");

-- CreateIndex
CREATE INDEX "FollowUpLink_recommendationId_idx" ON "FollowUpLink"("recommendationId");

-- CreateIndex
CREATE INDEX "PreparedQuestion_eventId_createdAt_idx" ON "PreparedQuestion"("eventId", "createdAt");

-- CreateIndex
CREATE INDEX "PreparedQuestion_registrationId_idx" ON "PreparedQuestion"("registrationId");

-- CreateIndex
CREATE INDEX "PreparedQuestionVote_registrationId_idx" ON "PreparedQuestionVote"("registrationId");

-- CreateIndex
CREATE INDEX "Resource_eventId_position_idx" ON "Resource"("eventId", "position");

-- CreateIndex
CREATE INDEX "Resource_digest_idx" ON "Resource"("digest");

-- CreateIndex
CREATE INDEX "Resource_speakerId_idx" ON "Resource"("speakerId");

-- CreateIndex
CREATE UNIQUE INDEX "Follow_hash_key" ON "Follow"("hash");

-- CreateIndex
CREATE INDEX "Follow_target_idx" ON "Follow"("target");

-- CreateIndex
CREATE UNIQUE INDEX "Follow_addressFold_target_key" ON "Follow"("addressFold", "target");

-- CreateIndex
CREATE INDEX "Event_restitutionDueTold_overAt_idx" ON "Event"("restitutionDueTold", "overAt");

-- CreateIndex
CREATE UNIQUE INDEX "EventSpeaker_handoutHash_key" ON "EventSpeaker"("handoutHash");

-- AddForeignKey
ALTER TABLE "Relay" ADD CONSTRAINT "Relay_eventId_fkey" FOREIGN KEY ("eventId") REFERENCES "Event"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "NotesHolder" ADD CONSTRAINT "NotesHolder_eventId_fkey" FOREIGN KEY ("eventId") REFERENCES "Event"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "NotesWriter" ADD CONSTRAINT "NotesWriter_eventId_fkey" FOREIGN KEY ("eventId") REFERENCES "Event"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "NotesWriter" ADD CONSTRAINT "NotesWriter_registrationId_fkey" FOREIGN KEY ("registrationId") REFERENCES "Registration"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "FollowUp" ADD CONSTRAINT "FollowUp_eventId_fkey" FOREIGN KEY ("eventId") REFERENCES "Event"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "FollowUpLink" ADD CONSTRAINT "FollowUpLink_followUpId_fkey" FOREIGN KEY ("followUpId") REFERENCES "FollowUp"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "FollowUpLink" ADD CONSTRAINT "FollowUpLink_recommendationId_fkey" FOREIGN KEY ("recommendationId") REFERENCES "Recommendation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PreparedQuestion" ADD CONSTRAINT "PreparedQuestion_eventId_fkey" FOREIGN KEY ("eventId") REFERENCES "Event"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PreparedQuestion" ADD CONSTRAINT "PreparedQuestion_registrationId_fkey" FOREIGN KEY ("registrationId") REFERENCES "Registration"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PreparedQuestionVote" ADD CONSTRAINT "PreparedQuestionVote_questionId_fkey" FOREIGN KEY ("questionId") REFERENCES "PreparedQuestion"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PreparedQuestionVote" ADD CONSTRAINT "PreparedQuestionVote_registrationId_fkey" FOREIGN KEY ("registrationId") REFERENCES "Registration"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Resource" ADD CONSTRAINT "Resource_eventId_fkey" FOREIGN KEY ("eventId") REFERENCES "Event"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Resource" ADD CONSTRAINT "Resource_speakerId_fkey" FOREIGN KEY ("speakerId") REFERENCES "Speaker"("id") ON DELETE SET NULL ON UPDATE CASCADE;



-- What was over before this day is not suddenly due.
UPDATE "Event" SET "restitutionDueTold" = CURRENT_TIMESTAMP WHERE "overAt" < CURRENT_TIMESTAMP;

SELECT shown_to_all('"Resource"');
SELECT shown_to_all('"FollowUp"');
SELECT shown_to_all('"FollowUpLink"');
SELECT shown_to_all('"Relay"');
