-- What calendars answer, what comes in by mail, addresses that cannot be reached, and what stays with people after a session.
-- CreateEnum
CREATE TYPE "MailWay" AS ENUM ('smtp', 'imap');

-- CreateEnum
CREATE TYPE "CalendarWord" AS ENUM ('accepted', 'tentative', 'declined', 'delegated', 'countered');

-- CreateEnum
CREATE TYPE "ProposalStatus" AS ENUM ('open', 'approved', 'declined');

-- AlterEnum
ALTER TYPE "LetterStatus" ADD VALUE 'stopped';

-- AlterTable
ALTER TABLE "Event" ADD COLUMN     "asksTakeaway" BOOLEAN NOT NULL DEFAULT true,
ADD COLUMN     "takeawayDoneAt" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "Letter" ADD COLUMN     "bouncedAt" TIMESTAMPTZ(3),
ADD COLUMN     "calendarSequence" INTEGER,
ADD COLUMN     "calendarStartsAt" TIMESTAMPTZ(3),
ADD COLUMN     "eventSequence" INTEGER;

-- CreateTable
CREATE TABLE "IncomingMail" (
    "id" UUID NOT NULL,
    "way" "MailWay" NOT NULL,
    "arrivedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "messageId" TEXT,
    "digest" TEXT NOT NULL,
    "fromName" TEXT,
    "fromAddress" TEXT,
    "toAddress" TEXT,
    "subject" TEXT,
    "kind" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "detail" JSONB NOT NULL DEFAULT '{}',
    "words" TEXT,
    "registrationId" UUID,
    "eventId" UUID,
    "awaits" BOOLEAN NOT NULL DEFAULT false,
    "settledAt" TIMESTAMPTZ(3),
    "settledBy" TEXT,
    "size" INTEGER NOT NULL,
    "raw" BYTEA,

    CONSTRAINT "IncomingMail_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "CalendarAnswer" (
    "id" UUID NOT NULL,
    "registrationId" UUID NOT NULL,
    "incomingId" UUID,
    "word" "CalendarWord" NOT NULL,
    "sequence" INTEGER NOT NULL,
    "stamp" TIMESTAMPTZ(3) NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "old" BOOLEAN NOT NULL DEFAULT false,
    "comment" TEXT,
    "proposedStart" TIMESTAMPTZ(3),
    "proposedEnd" TIMESTAMPTZ(3),
    "sentBy" TEXT,

    CONSTRAINT "CalendarAnswer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Unreachable" (
    "addressFold" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "diagnosis" TEXT NOT NULL,
    "letterId" UUID,

    CONSTRAINT "Unreachable_pkey" PRIMARY KEY ("addressFold")
);

-- CreateTable
CREATE TABLE "ProposedPassage" (
    "id" UUID NOT NULL,
    "eventId" UUID NOT NULL,
    "registrationId" UUID,
    "text" TEXT NOT NULL,
    "signature" TEXT,
    "via" TEXT NOT NULL,
    "status" "ProposalStatus" NOT NULL DEFAULT 'open',
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "decidedAt" TIMESTAMPTZ(3),
    "decidedBy" TEXT,
    "paragraphId" TEXT,

    CONSTRAINT "ProposedPassage_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "IncomingMail_digest_key" ON "IncomingMail"("digest");

-- CreateIndex
CREATE INDEX "IncomingMail_awaits_arrivedAt_idx" ON "IncomingMail"("awaits", "arrivedAt");

-- CreateIndex
CREATE INDEX "IncomingMail_arrivedAt_idx" ON "IncomingMail"("arrivedAt");

-- CreateIndex
CREATE INDEX "IncomingMail_messageId_idx" ON "IncomingMail"("messageId");

-- CreateIndex
CREATE INDEX "IncomingMail_registrationId_idx" ON "IncomingMail"("registrationId");

-- CreateIndex
CREATE INDEX "IncomingMail_eventId_idx" ON "IncomingMail"("eventId");

-- CreateIndex
CREATE INDEX "CalendarAnswer_registrationId_stamp_idx" ON "CalendarAnswer"("registrationId", "stamp");

-- CreateIndex
CREATE INDEX "CalendarAnswer_incomingId_idx" ON "CalendarAnswer"("incomingId");

-- CreateIndex
CREATE INDEX "ProposedPassage_eventId_status_createdAt_idx" ON "ProposedPassage"("eventId", "status", "createdAt");

-- CreateIndex
CREATE INDEX "ProposedPassage_registrationId_idx" ON "ProposedPassage"("registrationId");

-- AddForeignKey
ALTER TABLE "IncomingMail" ADD CONSTRAINT "IncomingMail_registrationId_fkey" FOREIGN KEY ("registrationId") REFERENCES "Registration"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "IncomingMail" ADD CONSTRAINT "IncomingMail_eventId_fkey" FOREIGN KEY ("eventId") REFERENCES "Event"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CalendarAnswer" ADD CONSTRAINT "CalendarAnswer_registrationId_fkey" FOREIGN KEY ("registrationId") REFERENCES "Registration"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CalendarAnswer" ADD CONSTRAINT "CalendarAnswer_incomingId_fkey" FOREIGN KEY ("incomingId") REFERENCES "IncomingMail"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ProposedPassage" ADD CONSTRAINT "ProposedPassage_eventId_fkey" FOREIGN KEY ("eventId") REFERENCES "Event"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ProposedPassage" ADD CONSTRAINT "ProposedPassage_registrationId_fkey" FOREIGN KEY ("registrationId") REFERENCES "Registration"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- Invitations sent so far say their number themselves. Last, because these updates leave triggers pending.
UPDATE "Letter" SET "calendarSequence" = substring(calendar FROM 'SEQUENCE:([0-9]{1,9})')::int WHERE calendar IS NOT NULL;
-- Nobody is asked about sessions of long ago.
UPDATE "Event" SET "takeawayDoneAt" = now() WHERE "overAt" < now();
