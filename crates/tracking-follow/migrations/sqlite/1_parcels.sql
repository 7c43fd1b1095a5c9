-- Times are microseconds since 1970 (UTC), as in PostgreSQL, so that one code reads both.
CREATE TABLE follow_account (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    -- In lower case.
    name TEXT NOT NULL UNIQUE,
    -- No look before this time: the key is refused, or the quota is used up.
    paused_until INTEGER NOT NULL DEFAULT 0,
    problem TEXT
) STRICT;

CREATE TABLE follow_parcel (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    account_id INTEGER NOT NULL REFERENCES follow_account,
    -- number, id or reference
    kind TEXT NOT NULL,
    target TEXT NOT NULL,
    -- What all spellings of the target have in common.
    target_key TEXT NOT NULL,
    -- The client's own, empty if there is none.
    reference TEXT NOT NULL,
    options TEXT NOT NULL,
    tags TEXT NOT NULL,
    since INTEGER NOT NULL,
    UNIQUE (account_id, kind, target_key, reference)
) STRICT;

-- Narrow and written at every look, apart from what is wide.
CREATE TABLE follow_look (
    parcel_id INTEGER PRIMARY KEY REFERENCES follow_parcel ON DELETE CASCADE,
    account_id INTEGER NOT NULL,
    -- When to look; while it is leased, when the lease ends; null if the parcel rests.
    due_at INTEGER,
    -- The worker that has the lease.
    owner TEXT,
    -- How often it was leased: the fencing token.
    attempts INTEGER NOT NULL DEFAULT 0,
    -- How many leases in a row ended without a result.
    unfinished INTEGER NOT NULL DEFAULT 0,
    -- 1 if it was made due during a lease.
    woken INTEGER NOT NULL DEFAULT 0,
    failures INTEGER NOT NULL DEFAULT 0,
    looked_at INTEGER,
    news_at INTEGER,
    was_unknown INTEGER NOT NULL DEFAULT 0,
    problem TEXT
) STRICT;

CREATE INDEX follow_look_due ON follow_look (account_id, due_at) WHERE due_at IS NOT NULL;

CREATE TABLE follow_snapshot (
    parcel_id INTEGER PRIMARY KEY REFERENCES follow_parcel ON DELETE CASCADE,
    -- Of the body; 1 is a JSON list of shipments.
    format INTEGER NOT NULL,
    body BLOB NOT NULL
) STRICT;

-- The outbox. A change outlasts its parcel.
CREATE TABLE follow_change (
    seq INTEGER PRIMARY KEY,
    parcel_id INTEGER NOT NULL,
    account TEXT NOT NULL,
    told_at INTEGER NOT NULL,
    body BLOB NOT NULL
) STRICT;

CREATE INDEX follow_change_parcel ON follow_change (parcel_id, seq);

-- The last number of a change. There is one writer at a time, so numbers rise in commit order.
CREATE TABLE follow_counter (name TEXT PRIMARY KEY, n INTEGER NOT NULL) STRICT;

INSERT INTO follow_counter (name, n) VALUES ('change', 0);

-- Up to which change each consumer has read.
CREATE TABLE follow_consumer (name TEXT PRIMARY KEY, position INTEGER NOT NULL) STRICT;
