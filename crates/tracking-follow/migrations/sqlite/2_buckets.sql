-- Who may send, and when: one row for each credential and rate class.
CREATE TABLE follow_bucket (
    -- A fingerprint, as a signed number.
    credential INTEGER NOT NULL,
    class TEXT NOT NULL,
    -- The first time that is not given away.
    free_at INTEGER NOT NULL,
    paused_until INTEGER NOT NULL,
    PRIMARY KEY (credential, class)
) STRICT;
