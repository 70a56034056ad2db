-- A proposal is open, or somebody decided it; what was approved stands in a paragraph.
ALTER TABLE "ProposedPassage" ADD CONSTRAINT "ProposedPassage_decided" CHECK (
  (status = 'open') = ("decidedAt" IS NULL) AND (status = 'open') = ("decidedBy" IS NULL) AND (status = 'approved') = ("paragraphId" IS NOT NULL)
);
