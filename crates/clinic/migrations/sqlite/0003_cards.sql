-- What the clinic says on the cards of red flags, by rule and language; empty for all of them.

CREATE TABLE card (
  rule     TEXT NOT NULL,
  language TEXT NOT NULL,
  text     TEXT,
  phone    TEXT,
  PRIMARY KEY (rule, language)
) STRICT, WITHOUT ROWID;
