-- Whoever looks for an edition that was withdrawn reads why.
ALTER TABLE "Edition" ADD COLUMN "withdrawnWhy" TEXT;
