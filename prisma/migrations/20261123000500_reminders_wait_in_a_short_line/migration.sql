-- The worker asks four times a minute which reminders are due: of all that ever were, only those not done yet are looked through.
CREATE INDEX "Reminder_awaited" ON "Reminder" ("dueAt") WHERE "doneFor" IS NULL;
