-- Phones whose clocks were wrong when they sent something. The times in what they sent stay as they were.

CREATE TABLE clock (
  number   INTEGER PRIMARY KEY,
  patient  INTEGER NOT NULL REFERENCES patient,
  device   TEXT NOT NULL,
  ahead_ms INTEGER NOT NULL,
  first_ms INTEGER NOT NULL,
  last_ms  INTEGER NOT NULL
) STRICT;
CREATE INDEX clock_of ON clock (patient, device);
