-- An event's page asks for a code where there is one: everybody sees whether there is, nobody which.
SELECT shown_to_all('"EntryCode"');
