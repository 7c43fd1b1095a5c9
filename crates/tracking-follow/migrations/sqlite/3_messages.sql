-- Webhook messages that were checked when they arrived.
CREATE TABLE follow_inbox (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    -- In lower case.
    account TEXT NOT NULL,
    received_at INTEGER NOT NULL,
    -- What the check proved.
    proof TEXT NOT NULL,
    -- The same for a repeat; null where the same may be news.
    dedupe_key TEXT UNIQUE,
    -- waiting, done or aside
    state TEXT NOT NULL,
    -- When to process it, while it waits; during a lease, when the lease ends.
    due_at INTEGER,
    -- How often it was leased.
    attempts INTEGER NOT NULL DEFAULT 0,
    -- Since when it does not wait any more.
    settled_at INTEGER,
    -- Why it is set aside.
    problem TEXT,
    -- As it arrived; null when it is done.
    body BLOB
) STRICT;

CREATE INDEX follow_inbox_due ON follow_inbox (account, due_at) WHERE due_at IS NOT NULL;
CREATE INDEX follow_inbox_settled ON follow_inbox (settled_at) WHERE settled_at IS NOT NULL;
CREATE INDEX follow_inbox_state ON follow_inbox (state, id);
