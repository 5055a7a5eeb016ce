-- Phones that want to be reminded: by which push service, at which minute of their zone's day; the last diary
-- day (number) that was seen to, and how many pushes were taken.

CREATE TABLE reminder (
  token    BLOB PRIMARY KEY REFERENCES device,
  patient  INTEGER NOT NULL REFERENCES patient,
  endpoint TEXT NOT NULL UNIQUE,
  at       INTEGER NOT NULL,
  zone     TEXT NOT NULL,
  told     INTEGER,
  sent     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
