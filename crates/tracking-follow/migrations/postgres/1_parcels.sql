-- Times are microseconds since 1970 (UTC), as in SQLite, so that one code reads both.
CREATE TABLE follow_account (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    -- In lower case.
    name TEXT NOT NULL UNIQUE,
    -- No look before this time: the key is refused, or the quota is used up.
    paused_until BIGINT NOT NULL DEFAULT 0,
    problem TEXT
);

CREATE TABLE follow_parcel (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    account_id BIGINT NOT NULL REFERENCES follow_account,
    -- number, id or reference
    kind TEXT NOT NULL,
    target TEXT NOT NULL,
    -- What all spellings of the target have in common.
    target_key TEXT NOT NULL,
    -- The client's own, empty if there is none.
    reference TEXT NOT NULL,
    options TEXT NOT NULL,
    tags TEXT NOT NULL,
    since BIGINT NOT NULL,
    UNIQUE (account_id, kind, target_key, reference)
);

-- Narrow and written at every look, apart from what is wide. `due_at` is in the index, so no update is HOT.
CREATE TABLE follow_look (
    parcel_id BIGINT PRIMARY KEY REFERENCES follow_parcel ON DELETE CASCADE,
    account_id BIGINT NOT NULL,
    -- When to look; while it is leased, when the lease ends; null if the parcel rests.
    due_at BIGINT,
    -- The worker that has the lease.
    owner TEXT,
    -- How often it was leased: the fencing token.
    attempts BIGINT NOT NULL DEFAULT 0,
    -- How many leases in a row ended without a result.
    unfinished BIGINT NOT NULL DEFAULT 0,
    -- 1 if it was made due during a lease.
    woken BIGINT NOT NULL DEFAULT 0,
    failures BIGINT NOT NULL DEFAULT 0,
    looked_at BIGINT,
    news_at BIGINT,
    was_unknown BIGINT NOT NULL DEFAULT 0,
    problem TEXT
) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_cost_delay = 0);

CREATE INDEX follow_look_due ON follow_look (account_id, due_at) WHERE due_at IS NOT NULL;

CREATE TABLE follow_snapshot (
    parcel_id BIGINT PRIMARY KEY REFERENCES follow_parcel ON DELETE CASCADE,
    -- Of the body; 1 is a JSON list of shipments.
    format BIGINT NOT NULL,
    body BYTEA NOT NULL
);

-- The outbox. A change outlasts its parcel.
CREATE TABLE follow_change (
    seq BIGINT PRIMARY KEY,
    parcel_id BIGINT NOT NULL,
    account TEXT NOT NULL,
    told_at BIGINT NOT NULL,
    body BYTEA NOT NULL
);

CREATE INDEX follow_change_parcel ON follow_change (parcel_id, seq);

-- The last number of a change. Its row is locked from numbering to commit, so numbers rise in commit order; a
-- sequence would not do that.
CREATE TABLE follow_counter (name TEXT PRIMARY KEY, n BIGINT NOT NULL);

INSERT INTO follow_counter (name, n) VALUES ('change', 0);

-- Up to which change each consumer has read.
CREATE TABLE follow_consumer (name TEXT PRIMARY KEY, position BIGINT NOT NULL);
