-- Format 1. Never change this file once it is released: a store made by it must open for good. A new format is
-- a new file beside it.

CREATE TABLE document (
    number    INTEGER PRIMARY KEY AUTOINCREMENT,  -- order of arrival
    id        TEXT NOT NULL UNIQUE,               -- hash of the content
    series    TEXT NOT NULL,                      -- versions of one report share it
    path      TEXT NOT NULL,
    text      TEXT NOT NULL,
    title     TEXT,
    outlet    TEXT,
    url       TEXT,
    published TEXT,                               -- a When in JSON, as given
    notes     TEXT NOT NULL DEFAULT '[]',         -- remarks from intake, in JSON
    added     TEXT NOT NULL,
    latest    INTEGER NOT NULL DEFAULT 1          -- the newest of its series
) STRICT;
CREATE INDEX document_series ON document (series, number);
CREATE INDEX document_outlet ON document (outlet, number);

-- Full text, kept in step by triggers; the text itself is stored once, above.
CREATE VIRTUAL TABLE words USING fts5 (
    title, outlet, text,
    content = 'document', content_rowid = 'number',
    tokenize = 'porter unicode61 remove_diacritics 2'
);
-- What is forgotten leaves the index too.
INSERT INTO words (words, rank) VALUES ('secure-delete', 1);

CREATE TRIGGER document_words_in AFTER INSERT ON document BEGIN
    INSERT INTO words (rowid, title, outlet, text) VALUES (new.number, new.title, new.outlet, new.text);
END;
CREATE TRIGGER document_words_out AFTER DELETE ON document BEGIN
    INSERT INTO words (words, rowid, title, outlet, text)
    VALUES ('delete', old.number, old.title, old.outlet, old.text);
END;

-- Derived: what a reader made of a report. May be deleted and made anew.
CREATE TABLE reading (
    document INTEGER NOT NULL REFERENCES document (number) ON DELETE CASCADE,
    reader   TEXT NOT NULL,
    body     BLOB NOT NULL,                       -- JSON, packed with zstd
    PRIMARY KEY (document, reader)
) STRICT, WITHOUT ROWID;

-- Derived: anything that follows from readings and decisions, by the hash of what it follows from.
CREATE TABLE derived (
    key   TEXT PRIMARY KEY,
    kind  TEXT NOT NULL,
    body  BLOB NOT NULL                           -- packed with zstd
) STRICT;
CREATE INDEX derived_kind ON derived (kind);

-- The journal. Lines are added, never changed.
CREATE TABLE decision (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    at     TEXT NOT NULL,
    author TEXT NOT NULL,
    reason TEXT NOT NULL,
    body   TEXT,                                  -- what was decided, in JSON
    undoes INTEGER REFERENCES decision (number),
    CHECK ((body IS NULL) <> (undoes IS NULL))
) STRICT;
CREATE TRIGGER decision_stays BEFORE UPDATE ON decision BEGIN
    SELECT RAISE (ABORT, 'the journal is only added to');
END;
CREATE TRIGGER decision_is_kept BEFORE DELETE ON decision BEGIN
    SELECT RAISE (ABORT, 'the journal is only added to');
END;

-- What is followed, and where following it stands.
CREATE TABLE watch (
    number  INTEGER PRIMARY KEY AUTOINCREMENT,
    address TEXT NOT NULL UNIQUE,
    kind    TEXT NOT NULL,
    state   TEXT NOT NULL DEFAULT '{}',           -- JSON of the one who follows it
    added   TEXT NOT NULL
) STRICT;

-- What was worth telling at once, each with its reason and sentences.
CREATE TABLE alert (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id     TEXT NOT NULL UNIQUE,                  -- hash of the content: told once
    at     TEXT NOT NULL,
    kind   TEXT NOT NULL,
    body   TEXT NOT NULL,                         -- JSON
    seen   INTEGER NOT NULL DEFAULT 0
) STRICT;

-- Goes up with every change of reports, decisions, alerts: who shows them knows when to look again.
CREATE TABLE revision (only_row INTEGER PRIMARY KEY CHECK (only_row = 0), number INTEGER NOT NULL) STRICT;
INSERT INTO revision VALUES (0, 0);
CREATE TRIGGER revision_document_in AFTER INSERT ON document BEGIN UPDATE revision SET number = number + 1; END;
CREATE TRIGGER revision_document_out AFTER DELETE ON document BEGIN UPDATE revision SET number = number + 1; END;
CREATE TRIGGER revision_decision AFTER INSERT ON decision BEGIN UPDATE revision SET number = number + 1; END;
CREATE TRIGGER revision_alert AFTER INSERT ON alert BEGIN UPDATE revision SET number = number + 1; END;
