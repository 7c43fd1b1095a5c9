-- Who may send, and when: one row for each credential and rate class.
CREATE TABLE follow_bucket (
    -- A fingerprint, as a signed number.
    credential BIGINT NOT NULL,
    class TEXT NOT NULL,
    -- The first time that is not given away.
    free_at BIGINT NOT NULL,
    paused_until BIGINT NOT NULL,
    PRIMARY KEY (credential, class)
) WITH (fillfactor = 50);
