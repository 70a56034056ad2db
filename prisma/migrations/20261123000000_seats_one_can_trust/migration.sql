-- CreateEnum
CREATE TYPE "QuestionKind" AS ENUM ('short', 'long', 'one', 'several', 'yes_no', 'number');

-- CreateEnum
CREATE TYPE "ReadyQuestion" AS ENUM ('organisation', 'region', 'role');

-- CreateEnum
CREATE TYPE "PendingFor" AS ENUM ('circle', 'proof', 'approval');

-- CreateEnum
CREATE TYPE "AccessState" AS ENUM ('open', 'arranged', 'impossible');

-- CreateEnum
CREATE TYPE "AddressChangeMeans" AS ENUM ('replace', 'add');

-- AlterTable
ALTER TABLE "Event" ADD COLUMN     "approves" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "asksAccess" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "companionsMost" INTEGER NOT NULL DEFAULT 5,
ADD COLUMN     "offerHours" INTEGER,
ADD COLUMN     "opensAt" TIMESTAMPTZ(3),
ADD COLUMN     "provesAddress" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "Member" ADD COLUMN     "since" DATE,
ADD COLUMN     "until" DATE;

-- AlterTable
ALTER TABLE "Registration" ADD COLUMN     "allotmentId" UUID,
ADD COLUMN     "approvedAt" TIMESTAMPTZ(3),
ADD COLUMN     "askedAt" TIMESTAMPTZ(3),
ADD COLUMN     "askedWords" TEXT,
ADD COLUMN     "cancelledAt" TIMESTAMPTZ(3),
ADD COLUMN     "heldUntil" TIMESTAMPTZ(3),
ADD COLUMN     "passed" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "pendingFor" "PendingFor",
ADD COLUMN     "provenAt" TIMESTAMPTZ(3),
ADD COLUMN     "standingId" UUID;

-- AlterTable
ALTER TABLE "RegistrationStep" ADD COLUMN     "detail" JSONB;

-- CreateTable
CREATE TABLE "Allotment" (
    "id" UUID NOT NULL,
    "eventId" UUID NOT NULL,
    "place" "Place" NOT NULL,
    "organisation" TEXT NOT NULL,
    "seats" INTEGER NOT NULL,
    "used" INTEGER NOT NULL DEFAULT 0,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Allotment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "EntryCode" (
    "id" UUID NOT NULL,
    "eventId" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "label" TEXT,
    "most" INTEGER,
    "used" INTEGER NOT NULL DEFAULT 0,
    "allotmentId" UUID,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "revokedAt" TIMESTAMPTZ(3),

    CONSTRAINT "EntryCode_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Question" (
    "id" UUID NOT NULL,
    "eventId" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "kind" "QuestionKind" NOT NULL,
    "ready" "ReadyQuestion",
    "label" TEXT NOT NULL,
    "purpose" TEXT,
    "options" JSONB NOT NULL DEFAULT '[]',
    "translation" JSONB,
    "required" BOOLEAN NOT NULL DEFAULT false,
    "dependsOn" TEXT,
    "dependsValues" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "retiredAt" TIMESTAMPTZ(3),
    "replacedById" UUID,

    CONSTRAINT "Question_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ConsentRequest" (
    "id" UUID NOT NULL,
    "eventId" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "wording" TEXT NOT NULL,
    "wordingTranslation" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "retiredAt" TIMESTAMPTZ(3),

    CONSTRAINT "ConsentRequest_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AccessKeeper" (
    "eventId" UUID NOT NULL,
    "personId" UUID NOT NULL,

    CONSTRAINT "AccessKeeper_pkey" PRIMARY KEY ("eventId","personId")
);

-- CreateTable
CREATE TABLE "Reminder" (
    "id" UUID NOT NULL,
    "eventId" UUID NOT NULL,
    "daysBefore" INTEGER,
    "atTime" TEXT,
    "minutesBefore" INTEGER,
    "dueAt" TIMESTAMPTZ(3),
    "doneFor" TIMESTAMPTZ(3),

    CONSTRAINT "Reminder_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "OtherAddress" (
    "addressFold" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "personId" UUID NOT NULL,
    "provenAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "OtherAddress_pkey" PRIMARY KEY ("addressFold")
);

-- CreateTable
CREATE TABLE "Answer" (
    "registrationId" UUID NOT NULL,
    "questionId" UUID NOT NULL,
    "value" JSONB NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Answer_pkey" PRIMARY KEY ("registrationId","questionId")
);

-- CreateTable
CREATE TABLE "Consent" (
    "id" UUID NOT NULL,
    "registrationId" UUID NOT NULL,
    "requestId" UUID NOT NULL,
    "locale" TEXT NOT NULL,
    "givenAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "withdrawnAt" TIMESTAMPTZ(3),

    CONSTRAINT "Consent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AccessNeed" (
    "registrationId" UUID NOT NULL,
    "eventId" UUID NOT NULL,
    "needs" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "words" TEXT,
    "state" "AccessState" NOT NULL DEFAULT 'open',
    "reply" TEXT,
    "repliedBy" TEXT,
    "repliedAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "AccessNeed_pkey" PRIMARY KEY ("registrationId")
);

-- CreateTable
CREATE TABLE "StandingRegistration" (
    "id" UUID NOT NULL,
    "seriesId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "addressFold" TEXT NOT NULL,
    "locale" TEXT NOT NULL,
    "timeZone" TEXT NOT NULL,
    "place" "Place",
    "generation" INTEGER NOT NULL DEFAULT 0,
    "manageHash" TEXT NOT NULL,
    "provenAt" TIMESTAMPTZ(3),
    "pausedAt" TIMESTAMPTZ(3),
    "endedAt" TIMESTAMPTZ(3),
    "revision" INTEGER NOT NULL DEFAULT 0,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "StandingRegistration_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AddressChange" (
    "id" UUID NOT NULL,
    "personId" UUID,
    "registrationId" UUID,
    "address" TEXT NOT NULL,
    "addressFold" TEXT NOT NULL,
    "means" "AddressChangeMeans" NOT NULL,
    "linkHash" TEXT NOT NULL,
    "expires" TIMESTAMPTZ(3) NOT NULL,
    "usedAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "AddressChange_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Allotment_eventId_idx" ON "Allotment"("eventId");

-- CreateIndex
CREATE INDEX "EntryCode_allotmentId_idx" ON "EntryCode"("allotmentId");

-- CreateIndex
CREATE UNIQUE INDEX "EntryCode_eventId_code_key" ON "EntryCode"("eventId", "code");

-- CreateIndex
CREATE INDEX "Question_eventId_position_idx" ON "Question"("eventId", "position");

-- CreateIndex
CREATE INDEX "ConsentRequest_eventId_position_idx" ON "ConsentRequest"("eventId", "position");

-- CreateIndex
CREATE INDEX "AccessKeeper_personId_idx" ON "AccessKeeper"("personId");

-- CreateIndex
CREATE INDEX "Reminder_eventId_idx" ON "Reminder"("eventId");

-- CreateIndex
CREATE INDEX "Reminder_dueAt_idx" ON "Reminder"("dueAt");

-- CreateIndex
CREATE INDEX "OtherAddress_personId_idx" ON "OtherAddress"("personId");

-- CreateIndex
CREATE INDEX "Answer_questionId_idx" ON "Answer"("questionId");

-- CreateIndex
CREATE INDEX "Consent_registrationId_idx" ON "Consent"("registrationId");

-- CreateIndex
CREATE INDEX "Consent_requestId_idx" ON "Consent"("requestId");

-- CreateIndex
CREATE INDEX "AccessNeed_eventId_idx" ON "AccessNeed"("eventId");

-- CreateIndex
CREATE UNIQUE INDEX "StandingRegistration_manageHash_key" ON "StandingRegistration"("manageHash");

-- CreateIndex
CREATE INDEX "StandingRegistration_addressFold_idx" ON "StandingRegistration"("addressFold");

-- CreateIndex
CREATE UNIQUE INDEX "StandingRegistration_seriesId_addressFold_key" ON "StandingRegistration"("seriesId", "addressFold");

-- CreateIndex
CREATE UNIQUE INDEX "AddressChange_linkHash_key" ON "AddressChange"("linkHash");

-- CreateIndex
CREATE INDEX "AddressChange_addressFold_createdAt_idx" ON "AddressChange"("addressFold", "createdAt");

-- CreateIndex
CREATE INDEX "Registration_allotmentId_idx" ON "Registration"("allotmentId");

-- CreateIndex
CREATE INDEX "Registration_standingId_idx" ON "Registration"("standingId");

-- AddForeignKey
ALTER TABLE "Allotment" ADD CONSTRAINT "Allotment_eventId_fkey" FOREIGN KEY ("eventId") REFERENCES "Event"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "EntryCode" ADD CONSTRAINT "EntryCode_eventId_fkey" FOREIGN KEY ("eventId") REFERENCES "Event"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "EntryCode" ADD CONSTRAINT "EntryCode_allotmentId_fkey" FOREIGN KEY ("allotmentId") REFERENCES "Allotment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Question" ADD CONSTRAINT "Question_eventId_fkey" FOREIGN KEY ("eventId") REFERENCES "Event"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ConsentRequest" ADD CONSTRAINT "ConsentRequest_eventId_fkey" FOREIGN KEY ("eventId") REFERENCES "Event"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AccessKeeper" ADD CONSTRAINT "AccessKeeper_eventId_fkey" FOREIGN KEY ("eventId") REFERENCES "Event"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AccessKeeper" ADD CONSTRAINT "AccessKeeper_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Reminder" ADD CONSTRAINT "Reminder_eventId_fkey" FOREIGN KEY ("eventId") REFERENCES "Event"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "OtherAddress" ADD CONSTRAINT "OtherAddress_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Registration" ADD CONSTRAINT "Registration_allotmentId_fkey" FOREIGN KEY ("allotmentId") REFERENCES "Allotment"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Registration" ADD CONSTRAINT "Registration_standingId_fkey" FOREIGN KEY ("standingId") REFERENCES "StandingRegistration"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Answer" ADD CONSTRAINT "Answer_registrationId_fkey" FOREIGN KEY ("registrationId") REFERENCES "Registration"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Answer" ADD CONSTRAINT "Answer_questionId_fkey" FOREIGN KEY ("questionId") REFERENCES "Question"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Consent" ADD CONSTRAINT "Consent_registrationId_fkey" FOREIGN KEY ("registrationId") REFERENCES "Registration"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Consent" ADD CONSTRAINT "Consent_requestId_fkey" FOREIGN KEY ("requestId") REFERENCES "ConsentRequest"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AccessNeed" ADD CONSTRAINT "AccessNeed_registrationId_fkey" FOREIGN KEY ("registrationId") REFERENCES "Registration"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "StandingRegistration" ADD CONSTRAINT "StandingRegistration_seriesId_fkey" FOREIGN KEY ("seriesId") REFERENCES "Series"("id") ON DELETE RESTRICT ON UPDATE CASCADE;



-- What Prisma's schema cannot say.

-- Whoever waits for something says for what; until now it could only be a closed circle's door.
UPDATE "Registration" SET "pendingFor" = 'circle' WHERE status = 'pending';
ALTER TABLE "Registration" ADD CONSTRAINT "Registration_pending_says_for_what" CHECK ((status = 'pending') = ("pendingFor" IS NOT NULL));
ALTER TABLE "Registration" ADD CONSTRAINT "Registration_held_while_undecided" CHECK (
  CASE status WHEN 'offered' THEN "heldUntil" IS NOT NULL WHEN 'pending' THEN "heldUntil" IS NULL OR "pendingFor" = 'proof' ELSE "heldUntil" IS NULL END);
ALTER TABLE "Registration" ADD CONSTRAINT "Registration_passes_in_line" CHECK (NOT passed OR status = 'waitlisted');
ALTER TABLE "Allotment" ADD CONSTRAINT "Allotment_never_more_used_than_kept" CHECK (used >= 0 AND used <= seats);
ALTER TABLE "EntryCode" ADD CONSTRAINT "EntryCode_never_used_up_twice" CHECK (used >= 0 AND (most IS NULL OR used <= most));
ALTER TABLE "Event" ADD CONSTRAINT "Event_offers_for_a_while" CHECK ("offerHours" IS NULL OR "offerHours" BETWEEN 1 AND 168);
ALTER TABLE "Event" ADD CONSTRAINT "Event_companions_are_few" CHECK ("companionsMost" BETWEEN 0 AND 10);
ALTER TABLE "Reminder" ADD CONSTRAINT "Reminder_is_one_rule" CHECK (num_nonnulls("daysBefore", "minutesBefore") = 1);
ALTER TABLE "Member" ADD CONSTRAINT "Member_ends_after_it_begins" CHECK (until IS NULL OR since IS NULL OR until >= since);

-- A changed question is retired and followed by a new row: one row of a name asks at a time.
CREATE UNIQUE INDEX "Question_asked_once" ON "Question" ("eventId", key) WHERE "retiredAt" IS NULL;
CREATE UNIQUE INDEX "ConsentRequest_asked_once" ON "ConsentRequest" ("eventId", key) WHERE "retiredAt" IS NULL;
CREATE UNIQUE INDEX "Consent_given_once" ON "Consent" ("registrationId", "requestId") WHERE "withdrawnAt" IS NULL;

-- The worker looks for holds and offers that lapse, and for reminders that are due: a few rows among many.
CREATE INDEX "Registration_held" ON "Registration" ("heldUntil") WHERE "heldUntil" IS NOT NULL;

-- Coming sessions get the reminders that new ones are born with: the day before at the same hour, and an hour before.
INSERT INTO "Reminder" (id, "eventId", "daysBefore", "dueAt")
SELECT gen_random_uuid(), id, 1, CASE WHEN "startTime" IS NOT NULL THEN ("startDate"::date - 1 + "startTime"::time) AT TIME ZONE "timeZone" END
FROM "Event" WHERE "startsAt" > now() AND status <> 'called_off';
INSERT INTO "Reminder" (id, "eventId", "minutesBefore", "dueAt")
SELECT gen_random_uuid(), id, 60, CASE WHEN "startTime" IS NOT NULL THEN "startsAt" - interval '1 hour' END
FROM "Event" WHERE "startsAt" > now() AND status <> 'called_off';

SELECT shown_to_all('"Question"');
SELECT shown_to_all('"ConsentRequest"');
