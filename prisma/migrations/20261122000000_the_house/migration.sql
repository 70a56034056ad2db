-- Search without accents and with parts of words.
CREATE EXTENSION IF NOT EXISTS pg_trgm;

-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "EventStatus" AS ENUM ('draft', 'published', 'called_off');

-- CreateEnum
CREATE TYPE "Mode" AS ENUM ('online', 'in_person', 'hybrid');

-- CreateEnum
CREATE TYPE "Audience" AS ENUM ('open', 'members', 'invited');

-- CreateEnum
CREATE TYPE "NotesVisibility" AS ENUM ('all', 'registered', 'organisers');

-- CreateEnum
CREATE TYPE "Place" AS ENUM ('room', 'screen');

-- CreateEnum
CREATE TYPE "LinkOrigin" AS ENUM ('chosen', 'inferred');

-- CreateEnum
CREATE TYPE "PartnerRole" AS ENUM ('co_organiser', 'venue', 'funder');

-- CreateEnum
CREATE TYPE "LetterStatus" AS ENUM ('queued', 'sending', 'sent', 'failed', 'delivered', 'overtaken');

-- CreateEnum
CREATE TYPE "Role" AS ENUM ('participant', 'organiser', 'admin');

-- CreateEnum
CREATE TYPE "MemberKind" AS ENUM ('address', 'domain');

-- CreateEnum
CREATE TYPE "RegistrationStatus" AS ENUM ('pending', 'confirmed', 'waitlisted', 'offered', 'cancelled');

-- CreateEnum
CREATE TYPE "DatePrecision" AS ENUM ('year', 'month', 'day');

-- CreateEnum
CREATE TYPE "SeriesNature" AS ENUM ('format', 'cycle');

-- CreateTable
CREATE TABLE "Activity" (
    "id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "actorId" UUID,
    "actorName" TEXT NOT NULL,
    "verb" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "eventId" UUID,
    "before" JSONB,
    "after" JSONB,

    CONSTRAINT "Activity_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Installation" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "networkName" TEXT NOT NULL DEFAULT 'Parlons-en',
    "networkUrl" TEXT,
    "contact" TEXT,
    "seed" TEXT,
    "seededAt" TIMESTAMPTZ(3),

    CONSTRAINT "Installation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Discussion" (
    "eventId" UUID NOT NULL,
    "recommendationId" UUID NOT NULL,
    "confirmedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "confirmedBy" TEXT NOT NULL,

    CONSTRAINT "Discussion_pkey" PRIMARY KEY ("eventId","recommendationId")
);

-- CreateTable
CREATE TABLE "Confirmation" (
    "eventId" UUID NOT NULL,
    "confirmedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "confirmedBy" TEXT NOT NULL,

    CONSTRAINT "Confirmation_pkey" PRIMARY KEY ("eventId")
);

-- CreateTable
CREATE TABLE "Event" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "uid" TEXT NOT NULL,
    "sequence" INTEGER NOT NULL DEFAULT 0,
    "status" "EventStatus" NOT NULL DEFAULT 'draft',
    "title" TEXT NOT NULL,
    "summary" TEXT,
    "description" TEXT,
    "language" TEXT NOT NULL DEFAULT 'fr',
    "startDate" TEXT NOT NULL,
    "startTime" TEXT,
    "endDate" TEXT,
    "endTime" TEXT,
    "timeZone" TEXT NOT NULL,
    "startsAt" TIMESTAMPTZ(3) NOT NULL,
    "endsAt" TIMESTAMPTZ(3),
    "overAt" TIMESTAMPTZ(3) NOT NULL,
    "mode" "Mode" NOT NULL,
    "audience" "Audience" NOT NULL DEFAULT 'open',
    "waitlist" BOOLEAN NOT NULL DEFAULT false,
    "closesAt" TIMESTAMPTZ(3),
    "venueId" UUID,
    "joinUrl" TEXT,
    "formatId" UUID,
    "notesVisibility" "NotesVisibility" NOT NULL DEFAULT 'all',
    "restitutionUrl" TEXT,
    "restitutionOn" DATE,
    "source" TEXT,
    "sourceNote" TEXT,
    "demonstration" BOOLEAN NOT NULL DEFAULT false,
    "calledOffReason" TEXT,
    "searchText" TEXT NOT NULL DEFAULT '',
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "publishedAt" TIMESTAMPTZ(3),
    "createdById" UUID,

    CONSTRAINT "Event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "EventAlias" (
    "slug" TEXT NOT NULL,
    "eventId" UUID NOT NULL,

    CONSTRAINT "EventAlias_pkey" PRIMARY KEY ("slug")
);

-- CreateTable
CREATE TABLE "EventTranslation" (
    "eventId" UUID NOT NULL,
    "language" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "summary" TEXT,
    "description" TEXT,

    CONSTRAINT "EventTranslation_pkey" PRIMARY KEY ("eventId","language")
);

-- CreateTable
CREATE TABLE "Seating" (
    "eventId" UUID NOT NULL,
    "place" "Place" NOT NULL,
    "open" BOOLEAN NOT NULL DEFAULT false,
    "capacity" INTEGER,
    "taken" INTEGER NOT NULL DEFAULT 0,
    "waiting" INTEGER NOT NULL DEFAULT 0,
    "line" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "Seating_pkey" PRIMARY KEY ("eventId","place")
);

-- CreateTable
CREATE TABLE "Venue" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "address" TEXT,
    "city" TEXT,
    "lat" DOUBLE PRECISION,
    "lon" DOUBLE PRECISION,

    CONSTRAINT "Venue_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Speaker" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "roleFr" TEXT,
    "roleEn" TEXT,
    "organisation" TEXT,
    "country" TEXT,
    "source" TEXT,

    CONSTRAINT "Speaker_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "EventSpeaker" (
    "eventId" UUID NOT NULL,
    "speakerId" UUID NOT NULL,
    "position" INTEGER NOT NULL,

    CONSTRAINT "EventSpeaker_pkey" PRIMARY KEY ("eventId","speakerId")
);

-- CreateTable
CREATE TABLE "Partner" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "url" TEXT,

    CONSTRAINT "Partner_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "EventPartner" (
    "eventId" UUID NOT NULL,
    "partnerId" UUID NOT NULL,
    "role" "PartnerRole" NOT NULL DEFAULT 'co_organiser',
    "position" INTEGER NOT NULL,

    CONSTRAINT "EventPartner_pkey" PRIMARY KEY ("eventId","partnerId")
);

-- CreateTable
CREATE TABLE "ProgrammeItem" (
    "id" UUID NOT NULL,
    "eventId" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "time" TEXT,
    "title" TEXT NOT NULL,

    CONSTRAINT "ProgrammeItem_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "EventTheme" (
    "eventId" UUID NOT NULL,
    "themeId" UUID NOT NULL,
    "position" INTEGER NOT NULL,

    CONSTRAINT "EventTheme_pkey" PRIMARY KEY ("eventId","themeId")
);

-- CreateTable
CREATE TABLE "EventRecommendation" (
    "eventId" UUID NOT NULL,
    "recommendationId" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "origin" "LinkOrigin" NOT NULL DEFAULT 'chosen',

    CONSTRAINT "EventRecommendation_pkey" PRIMARY KEY ("eventId","recommendationId")
);

-- CreateTable
CREATE TABLE "EventCycle" (
    "eventId" UUID NOT NULL,
    "seriesId" UUID NOT NULL,

    CONSTRAINT "EventCycle_pkey" PRIMARY KEY ("eventId","seriesId")
);

-- CreateTable
CREATE TABLE "Invitee" (
    "eventId" UUID NOT NULL,
    "addressFold" TEXT NOT NULL,

    CONSTRAINT "Invitee_pkey" PRIMARY KEY ("eventId","addressFold")
);

-- CreateTable
CREATE TABLE "Letter" (
    "id" UUID NOT NULL,
    "about" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 0,
    "eventId" UUID,
    "locale" TEXT NOT NULL,
    "toName" TEXT,
    "toAddress" TEXT NOT NULL,
    "facts" JSONB NOT NULL DEFAULT '{}',
    "status" "LetterStatus" NOT NULL DEFAULT 'queued',
    "dueAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "leaseUntil" TIMESTAMPTZ(3),
    "messageId" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "composedAt" TIMESTAMPTZ(3),
    "fromName" TEXT,
    "fromAddress" TEXT,
    "subject" TEXT,
    "html" TEXT,
    "text" TEXT,
    "calendar" TEXT,
    "calendarMethod" TEXT,
    "sentAt" TIMESTAMPTZ(3),
    "lastError" TEXT,

    CONSTRAINT "Letter_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Notes" (
    "eventId" UUID NOT NULL,
    "document" JSONB NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 0,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedById" UUID,

    CONSTRAINT "Notes_pkey" PRIMARY KEY ("eventId")
);

-- CreateTable
CREATE TABLE "Edition" (
    "id" UUID NOT NULL,
    "eventId" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "document" JSONB NOT NULL,
    "authors" TEXT NOT NULL,
    "licence" TEXT NOT NULL,
    "publishedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "publishedById" UUID,
    "withdrawnAt" TIMESTAMPTZ(3),

    CONSTRAINT "Edition_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Passage" (
    "id" UUID NOT NULL,
    "editionId" UUID NOT NULL,
    "eventId" UUID NOT NULL,
    "paragraphId" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    "recommendationId" UUID,
    "themeId" UUID,

    CONSTRAINT "Passage_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Person" (
    "id" UUID NOT NULL,
    "name" TEXT,
    "address" TEXT NOT NULL,
    "addressFold" TEXT NOT NULL,
    "role" "Role" NOT NULL DEFAULT 'participant',
    "locale" TEXT NOT NULL DEFAULT 'fr',
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "provenAt" TIMESTAMPTZ(3),
    "feedHash" TEXT,
    "feedGeneration" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "Person_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "LoginSession" (
    "id" UUID NOT NULL,
    "tokenHash" TEXT NOT NULL,
    "personId" UUID NOT NULL,
    "expires" TIMESTAMPTZ(3) NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "LoginSession_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "LoginChallenge" (
    "id" UUID NOT NULL,
    "addressFold" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "linkHash" TEXT NOT NULL,
    "codeHash" TEXT NOT NULL,
    "tries" INTEGER NOT NULL DEFAULT 0,
    "expires" TIMESTAMPTZ(3) NOT NULL,
    "usedAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "LoginChallenge_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ApiToken" (
    "id" UUID NOT NULL,
    "personId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lastUsedAt" TIMESTAMPTZ(3),
    "revokedAt" TIMESTAMPTZ(3),

    CONSTRAINT "ApiToken_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Member" (
    "id" UUID NOT NULL,
    "kind" "MemberKind" NOT NULL,
    "value" TEXT NOT NULL,
    "label" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Member_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RateLimit" (
    "key" TEXT NOT NULL,
    "hits" TIMESTAMPTZ(3)[],
    "allowed" BOOLEAN NOT NULL,
    "keepUntil" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "RateLimit_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "Registration" (
    "id" UUID NOT NULL,
    "eventId" UUID NOT NULL,
    "place" "Place" NOT NULL,
    "status" "RegistrationStatus" NOT NULL,
    "name" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "addressFold" TEXT NOT NULL,
    "locale" TEXT NOT NULL,
    "timeZone" TEXT NOT NULL,
    "seats" INTEGER NOT NULL DEFAULT 1,
    "line" INTEGER NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 0,
    "generation" INTEGER NOT NULL DEFAULT 0,
    "manageHash" TEXT NOT NULL,
    "replyHash" TEXT NOT NULL,
    "via" TEXT NOT NULL DEFAULT 'form',
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Registration_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Companion" (
    "id" UUID NOT NULL,
    "registrationId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Companion_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RegistrationStep" (
    "id" BIGSERIAL NOT NULL,
    "registrationId" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "status" "RegistrationStatus" NOT NULL,
    "actor" TEXT NOT NULL,
    "reason" TEXT NOT NULL,

    CONSTRAINT "RegistrationStep_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RetiredCapability" (
    "hash" TEXT NOT NULL,
    "retiredAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "RetiredCapability_pkey" PRIMARY KEY ("hash")
);

-- CreateTable
CREATE TABLE "Report" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "publisher" TEXT NOT NULL,
    "language" TEXT NOT NULL DEFAULT 'fr',
    "publishedOn" DATE NOT NULL,
    "publishedTo" "DatePrecision" NOT NULL DEFAULT 'day',
    "url" TEXT NOT NULL,
    "pdf" TEXT,
    "pages" INTEGER,
    "summaryFr" TEXT,
    "summaryEn" TEXT,
    "source" TEXT,
    "confidence" TEXT NOT NULL DEFAULT 'verified',
    "recommendationsNote" TEXT,
    "announced" INTEGER,
    "totalBudgetMEur" INTEGER,
    "position" INTEGER NOT NULL DEFAULT 0,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Report_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Recommendation" (
    "id" UUID NOT NULL,
    "reportId" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "shortFr" TEXT,
    "shortEn" TEXT,
    "section" TEXT,
    "pilots" TEXT[],
    "budgetMEur" INTEGER,
    "cultural" BOOLEAN NOT NULL DEFAULT false,
    "culturalBasis" TEXT,
    "culturalNote" TEXT,

    CONSTRAINT "Recommendation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Wording" (
    "id" UUID NOT NULL,
    "recommendationId" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "language" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "official" BOOLEAN NOT NULL,
    "source" TEXT,

    CONSTRAINT "Wording_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Theme" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "nameFr" TEXT NOT NULL,
    "nameEn" TEXT NOT NULL,
    "shortFr" TEXT NOT NULL,
    "shortEn" TEXT NOT NULL,
    "pigment" TEXT NOT NULL DEFAULT 'ink',
    "glyph" TEXT NOT NULL DEFAULT 'ring',
    "position" INTEGER NOT NULL DEFAULT 100,

    CONSTRAINT "Theme_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Reading" (
    "id" UUID NOT NULL,
    "reportId" UUID NOT NULL,
    "author" TEXT NOT NULL,
    "title" TEXT,
    "url" TEXT,
    "on" DATE,

    CONSTRAINT "Reading_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ReadingTheme" (
    "readingId" UUID NOT NULL,
    "themeId" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "summaryFr" TEXT,
    "summaryEn" TEXT,
    "source" TEXT,

    CONSTRAINT "ReadingTheme_pkey" PRIMARY KEY ("readingId","themeId")
);

-- CreateTable
CREATE TABLE "ReadingLink" (
    "readingId" UUID NOT NULL,
    "themeId" UUID NOT NULL,
    "recommendationId" UUID NOT NULL,
    "inferred" BOOLEAN NOT NULL DEFAULT true,

    CONSTRAINT "ReadingLink_pkey" PRIMARY KEY ("readingId","themeId","recommendationId")
);

-- CreateTable
CREATE TABLE "Series" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "nature" "SeriesNature" NOT NULL,
    "nameFr" TEXT NOT NULL,
    "nameEn" TEXT NOT NULL,
    "summaryFr" TEXT,
    "summaryEn" TEXT,
    "durationMinutes" INTEGER,
    "startTime" TEXT,
    "capacity" INTEGER,
    "position" INTEGER NOT NULL DEFAULT 100,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Series_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Activity_at_idx" ON "Activity"("at");

-- CreateIndex
CREATE INDEX "Activity_eventId_at_idx" ON "Activity"("eventId", "at");

-- CreateIndex
CREATE INDEX "Discussion_recommendationId_idx" ON "Discussion"("recommendationId");

-- CreateIndex
CREATE UNIQUE INDEX "Event_slug_key" ON "Event"("slug");

-- CreateIndex
CREATE UNIQUE INDEX "Event_uid_key" ON "Event"("uid");

-- CreateIndex
CREATE INDEX "Event_status_startsAt_idx" ON "Event"("status", "startsAt");

-- CreateIndex
CREATE INDEX "Event_status_overAt_idx" ON "Event"("status", "overAt");

-- CreateIndex
CREATE INDEX "Event_formatId_startsAt_idx" ON "Event"("formatId", "startsAt");

-- CreateIndex
CREATE INDEX "Event_searchText_idx" ON "Event" USING GIN ("searchText" gin_trgm_ops);

-- CreateIndex
CREATE INDEX "EventAlias_eventId_idx" ON "EventAlias"("eventId");

-- CreateIndex
CREATE UNIQUE INDEX "Venue_slug_key" ON "Venue"("slug");

-- CreateIndex
CREATE UNIQUE INDEX "Speaker_slug_key" ON "Speaker"("slug");

-- CreateIndex
CREATE INDEX "EventSpeaker_speakerId_idx" ON "EventSpeaker"("speakerId");

-- CreateIndex
CREATE UNIQUE INDEX "Partner_slug_key" ON "Partner"("slug");

-- CreateIndex
CREATE INDEX "EventPartner_partnerId_idx" ON "EventPartner"("partnerId");

-- CreateIndex
CREATE UNIQUE INDEX "ProgrammeItem_eventId_position_key" ON "ProgrammeItem"("eventId", "position");

-- CreateIndex
CREATE INDEX "EventTheme_themeId_idx" ON "EventTheme"("themeId");

-- CreateIndex
CREATE INDEX "EventRecommendation_recommendationId_idx" ON "EventRecommendation"("recommendationId");

-- CreateIndex
CREATE INDEX "EventCycle_seriesId_idx" ON "EventCycle"("seriesId");

-- CreateIndex
CREATE UNIQUE INDEX "Letter_messageId_key" ON "Letter"("messageId");

-- CreateIndex
CREATE INDEX "Letter_status_dueAt_idx" ON "Letter"("status", "dueAt");

-- CreateIndex
CREATE INDEX "Letter_eventId_createdAt_idx" ON "Letter"("eventId", "createdAt");

-- CreateIndex
CREATE INDEX "Letter_toAddress_createdAt_idx" ON "Letter"("toAddress", "createdAt");

-- CreateIndex
CREATE INDEX "Letter_createdAt_idx" ON "Letter"("createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "Letter_about_kind_revision_key" ON "Letter"("about", "kind", "revision");

-- CreateIndex
CREATE INDEX "Edition_publishedAt_idx" ON "Edition"("publishedAt");

-- CreateIndex
CREATE UNIQUE INDEX "Edition_eventId_number_key" ON "Edition"("eventId", "number");

-- CreateIndex
CREATE INDEX "Passage_recommendationId_idx" ON "Passage"("recommendationId");

-- CreateIndex
CREATE INDEX "Passage_themeId_idx" ON "Passage"("themeId");

-- CreateIndex
CREATE INDEX "Passage_editionId_idx" ON "Passage"("editionId");

-- CreateIndex
CREATE INDEX "Passage_eventId_idx" ON "Passage"("eventId");

-- CreateIndex
CREATE UNIQUE INDEX "Person_addressFold_key" ON "Person"("addressFold");

-- CreateIndex
CREATE UNIQUE INDEX "Person_feedHash_key" ON "Person"("feedHash");

-- CreateIndex
CREATE UNIQUE INDEX "LoginSession_tokenHash_key" ON "LoginSession"("tokenHash");

-- CreateIndex
CREATE INDEX "LoginSession_personId_idx" ON "LoginSession"("personId");

-- CreateIndex
CREATE UNIQUE INDEX "LoginChallenge_linkHash_key" ON "LoginChallenge"("linkHash");

-- CreateIndex
CREATE INDEX "LoginChallenge_addressFold_createdAt_idx" ON "LoginChallenge"("addressFold", "createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "ApiToken_hash_key" ON "ApiToken"("hash");

-- CreateIndex
CREATE INDEX "ApiToken_personId_idx" ON "ApiToken"("personId");

-- CreateIndex
CREATE UNIQUE INDEX "Member_kind_value_key" ON "Member"("kind", "value");

-- CreateIndex
CREATE INDEX "RateLimit_keepUntil_idx" ON "RateLimit"("keepUntil");

-- CreateIndex
CREATE UNIQUE INDEX "Registration_manageHash_key" ON "Registration"("manageHash");

-- CreateIndex
CREATE UNIQUE INDEX "Registration_replyHash_key" ON "Registration"("replyHash");

-- CreateIndex
CREATE INDEX "Registration_eventId_place_status_line_idx" ON "Registration"("eventId", "place", "status", "line");

-- CreateIndex
CREATE INDEX "Registration_addressFold_idx" ON "Registration"("addressFold");

-- CreateIndex
CREATE UNIQUE INDEX "Registration_eventId_addressFold_key" ON "Registration"("eventId", "addressFold");

-- CreateIndex
CREATE INDEX "Companion_registrationId_idx" ON "Companion"("registrationId");

-- CreateIndex
CREATE INDEX "RegistrationStep_registrationId_id_idx" ON "RegistrationStep"("registrationId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Report_slug_key" ON "Report"("slug");

-- CreateIndex
CREATE UNIQUE INDEX "Recommendation_reportId_number_key" ON "Recommendation"("reportId", "number");

-- CreateIndex
CREATE UNIQUE INDEX "Wording_recommendationId_position_key" ON "Wording"("recommendationId", "position");

-- CreateIndex
CREATE UNIQUE INDEX "Theme_slug_key" ON "Theme"("slug");

-- CreateIndex
CREATE INDEX "Reading_reportId_idx" ON "Reading"("reportId");

-- CreateIndex
CREATE INDEX "ReadingLink_recommendationId_idx" ON "ReadingLink"("recommendationId");

-- CreateIndex
CREATE UNIQUE INDEX "Series_slug_key" ON "Series"("slug");

-- AddForeignKey
ALTER TABLE "Discussion" ADD CONSTRAINT "Discussion_eventId_fkey" FOREIGN KEY ("eventId") REFERENCES "Event"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Discussion" ADD CONSTRAINT "Discussion_recommendationId_fkey" FOREIGN KEY ("recommendationId") REFERENCES "Recommendation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Confirmation" ADD CONSTRAINT "Confirmation_eventId_fkey" FOREIGN KEY ("eventId") REFERENCES "Event"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Event" ADD CONSTRAINT "Event_venueId_fkey" FOREIGN KEY ("venueId") REFERENCES "Venue"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Event" ADD CONSTRAINT "Event_formatId_fkey" FOREIGN KEY ("formatId") REFERENCES "Series"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "EventAlias" ADD CONSTRAINT "EventAlias_eventId_fkey" FOREIGN KEY ("eventId") REFERENCES "Event"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "EventTranslation" ADD CONSTRAINT "EventTranslation_eventId_fkey" FOREIGN KEY ("eventId") REFERENCES "Event"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Seating" ADD CONSTRAINT "Seating_eventId_fkey" FOREIGN KEY ("eventId") REFERENCES "Event"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "EventSpeaker" ADD CONSTRAINT "EventSpeaker_eventId_fkey" FOREIGN KEY ("eventId") REFERENCES "Event"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "EventSpeaker" ADD CONSTRAINT "EventSpeaker_speakerId_fkey" FOREIGN KEY ("speakerId") REFERENCES "Speaker"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "EventPartner" ADD CONSTRAINT "EventPartner_eventId_fkey" FOREIGN KEY ("eventId") REFERENCES "Event"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "EventPartner" ADD CONSTRAINT "EventPartner_partnerId_fkey" FOREIGN KEY ("partnerId") REFERENCES "Partner"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ProgrammeItem" ADD CONSTRAINT "ProgrammeItem_eventId_fkey" FOREIGN KEY ("eventId") REFERENCES "Event"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "EventTheme" ADD CONSTRAINT "EventTheme_eventId_fkey" FOREIGN KEY ("eventId") REFERENCES "Event"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "EventTheme" ADD CONSTRAINT "EventTheme_themeId_fkey" FOREIGN KEY ("themeId") REFERENCES "Theme"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "EventRecommendation" ADD CONSTRAINT "EventRecommendation_eventId_fkey" FOREIGN KEY ("eventId") REFERENCES "Event"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "EventRecommendation" ADD CONSTRAINT "EventRecommendation_recommendationId_fkey" FOREIGN KEY ("recommendationId") REFERENCES "Recommendation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "EventCycle" ADD CONSTRAINT "EventCycle_eventId_fkey" FOREIGN KEY ("eventId") REFERENCES "Event"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "EventCycle" ADD CONSTRAINT "EventCycle_seriesId_fkey" FOREIGN KEY ("seriesId") REFERENCES "Series"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Invitee" ADD CONSTRAINT "Invitee_eventId_fkey" FOREIGN KEY ("eventId") REFERENCES "Event"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Notes" ADD CONSTRAINT "Notes_eventId_fkey" FOREIGN KEY ("eventId") REFERENCES "Event"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Edition" ADD CONSTRAINT "Edition_eventId_fkey" FOREIGN KEY ("eventId") REFERENCES "Event"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Passage" ADD CONSTRAINT "Passage_editionId_fkey" FOREIGN KEY ("editionId") REFERENCES "Edition"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Passage" ADD CONSTRAINT "Passage_eventId_fkey" FOREIGN KEY ("eventId") REFERENCES "Event"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Passage" ADD CONSTRAINT "Passage_recommendationId_fkey" FOREIGN KEY ("recommendationId") REFERENCES "Recommendation"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Passage" ADD CONSTRAINT "Passage_themeId_fkey" FOREIGN KEY ("themeId") REFERENCES "Theme"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "LoginSession" ADD CONSTRAINT "LoginSession_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ApiToken" ADD CONSTRAINT "ApiToken_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Registration" ADD CONSTRAINT "Registration_eventId_fkey" FOREIGN KEY ("eventId") REFERENCES "Event"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Companion" ADD CONSTRAINT "Companion_registrationId_fkey" FOREIGN KEY ("registrationId") REFERENCES "Registration"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RegistrationStep" ADD CONSTRAINT "RegistrationStep_registrationId_fkey" FOREIGN KEY ("registrationId") REFERENCES "Registration"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Recommendation" ADD CONSTRAINT "Recommendation_reportId_fkey" FOREIGN KEY ("reportId") REFERENCES "Report"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Wording" ADD CONSTRAINT "Wording_recommendationId_fkey" FOREIGN KEY ("recommendationId") REFERENCES "Recommendation"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Reading" ADD CONSTRAINT "Reading_reportId_fkey" FOREIGN KEY ("reportId") REFERENCES "Report"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ReadingTheme" ADD CONSTRAINT "ReadingTheme_readingId_fkey" FOREIGN KEY ("readingId") REFERENCES "Reading"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ReadingTheme" ADD CONSTRAINT "ReadingTheme_themeId_fkey" FOREIGN KEY ("themeId") REFERENCES "Theme"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ReadingLink" ADD CONSTRAINT "ReadingLink_readingId_themeId_fkey" FOREIGN KEY ("readingId", "themeId") REFERENCES "ReadingTheme"("readingId", "themeId") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ReadingLink" ADD CONSTRAINT "ReadingLink_recommendationId_fkey" FOREIGN KEY ("recommendationId") REFERENCES "Recommendation"("id") ON DELETE CASCADE ON UPDATE CASCADE;



-- What Prisma's schema cannot say.
ALTER TABLE "Installation" ADD CONSTRAINT "Installation_one_row" CHECK (id = 1);

-- The guard of last resort: never more seats taken than there are, whatever happens at once.
ALTER TABLE "Seating" ADD CONSTRAINT "Seating_never_more_than_capacity" CHECK (taken >= 0 AND waiting >= 0 AND (capacity IS NULL OR (capacity >= 0 AND taken <= capacity)));
ALTER TABLE "Registration" ADD CONSTRAINT "Registration_takes_a_seat" CHECK (seats >= 1);
ALTER TABLE "Event" ADD CONSTRAINT "Event_ends_after_it_starts" CHECK ("endsAt" IS NULL OR "endsAt" > "startsAt");
ALTER TABLE "Event" ADD CONSTRAINT "Event_is_over_after_it_starts" CHECK ("overAt" >= "startsAt");
ALTER TABLE "Event" ADD CONSTRAINT "Event_published_has_a_date" CHECK (status <> 'published' OR "publishedAt" IS NOT NULL);
ALTER TABLE "Passage" ADD CONSTRAINT "Passage_is_about_one_thing" CHECK (num_nonnulls("recommendationId", "themeId") = 1);

-- The worker looks only for letters that still have to leave; sent ones pile up elsewhere.
CREATE INDEX "Letter_to_send" ON "Letter" ("dueAt") WHERE status IN ('queued', 'sending');

-- SEQUENCE never goes back (RFC 5545 3.8.7.4), and a UID is for ever.
CREATE FUNCTION event_keeps_identity() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.sequence < OLD.sequence THEN RAISE EXCEPTION 'Event.sequence never goes back'; END IF;
  IF NEW.uid <> OLD.uid THEN RAISE EXCEPTION 'Event.uid is given once'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER event_keeps_identity BEFORE UPDATE ON "Event" FOR EACH ROW EXECUTE FUNCTION event_keeps_identity();
CREATE FUNCTION registration_keeps_identity() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.revision < OLD.revision THEN RAISE EXCEPTION 'Registration.revision never goes back'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER registration_keeps_identity BEFORE UPDATE ON "Registration" FOR EACH ROW EXECUTE FUNCTION registration_keeps_identity();
