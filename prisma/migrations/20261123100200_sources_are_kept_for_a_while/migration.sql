-- The chore that erases sources reads those that are still there, however many rows there are without one.
CREATE INDEX "IncomingMail_source" ON "IncomingMail" ("arrivedAt") WHERE raw IS NOT NULL;
