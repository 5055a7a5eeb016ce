-- The store as it begins. Never edited once released: a change is another file.
-- Times are Unix milliseconds; ids and hashes are bytes.

CREATE TABLE epoch (
  number     INTEGER PRIMARY KEY,
  name       TEXT NOT NULL UNIQUE,
  started_ms INTEGER NOT NULL
) STRICT;

-- Version numbers are never used twice, even when versions are erased.
CREATE TABLE counter (
  only_one INTEGER PRIMARY KEY CHECK (only_one = 1),
  last_n   INTEGER NOT NULL,
  last_ms  INTEGER NOT NULL
) STRICT;
INSERT INTO counter VALUES (1, 0, 0);

CREATE TABLE patient (
  number    INTEGER PRIMARY KEY,
  id        TEXT NOT NULL UNIQUE,
  initials  TEXT NOT NULL,
  added_ms  INTEGER NOT NULL,
  erased_ms INTEGER,
  key       BLOB,                -- for keyed digests; gone with the diary
  changes   INTEGER NOT NULL,    -- number of the last version
  seq       INTEGER NOT NULL,    -- last link of the audit chain
  head      BLOB NOT NULL        -- and its hash
) STRICT;

CREATE TABLE invitation (
  code       BLOB PRIMARY KEY,
  patient    INTEGER NOT NULL REFERENCES patient,
  expires_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE device (
  token      BLOB PRIMARY KEY,
  patient    INTEGER NOT NULL REFERENCES patient,
  device     TEXT NOT NULL,
  paired_ms  INTEGER NOT NULL,
  revoked_ms INTEGER
) STRICT, WITHOUT ROWID;

-- Every version of every resource, as received. The last columns are never searched by.
CREATE TABLE version (
  n             INTEGER PRIMARY KEY,
  epoch         INTEGER NOT NULL REFERENCES epoch,
  patient       INTEGER NOT NULL REFERENCES patient,
  kind          INTEGER NOT NULL,
  id            BLOB NOT NULL,
  revision      BLOB NOT NULL,
  latest        INTEGER NOT NULL,
  stored_ms     INTEGER NOT NULL,
  when_ms       INTEGER NOT NULL,
  questionnaire TEXT NOT NULL,
  head          BLOB NOT NULL,
  text          TEXT NOT NULL
) STRICT;
CREATE INDEX version_of ON version (id, kind);
CREATE INDEX version_latest ON version (patient, kind, stored_ms) WHERE latest = 1;

-- One narrow row a score; the Observation is written from the response it follows from.
CREATE TABLE score (
  response  BLOB NOT NULL,
  name      TEXT NOT NULL,
  id        BLOB NOT NULL,
  patient   INTEGER NOT NULL REFERENCES patient,
  system    TEXT NOT NULL,
  code      TEXT NOT NULL,
  value     TEXT NOT NULL,
  stands    INTEGER NOT NULL,
  amended   INTEGER NOT NULL,
  from_n    INTEGER NOT NULL,
  n         INTEGER NOT NULL,
  stored_ms INTEGER NOT NULL,
  when_ms   INTEGER NOT NULL,
  PRIMARY KEY (response, name)
) STRICT, WITHOUT ROWID;
CREATE INDEX score_of ON score (patient, stored_ms);

CREATE TABLE flag (
  number          INTEGER PRIMARY KEY AUTOINCREMENT,
  patient         INTEGER NOT NULL REFERENCES patient,
  response        BLOB NOT NULL,
  rule            TEXT NOT NULL,
  stored_ms       INTEGER NOT NULL,
  acknowledged_ms INTEGER
) STRICT;

-- Append-only, chained per patient, no content.
CREATE TABLE audit (
  patient INTEGER NOT NULL REFERENCES patient,
  seq     INTEGER NOT NULL,
  at_ms   INTEGER NOT NULL,
  actor   TEXT NOT NULL,
  action  TEXT NOT NULL,
  n       INTEGER NOT NULL,
  digest  BLOB NOT NULL,
  hash    BLOB NOT NULL,
  PRIMARY KEY (patient, seq)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit chain is append-only'); END;
CREATE TRIGGER audit_is_never_cut BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit chain is append-only'); END;
