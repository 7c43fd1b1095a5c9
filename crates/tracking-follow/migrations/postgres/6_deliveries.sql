-- Consumers that are sent the changes.
-- Null for one that reads by itself.
ALTER TABLE follow_consumer ADD COLUMN url TEXT;
ALTER TABLE follow_consumer ADD COLUMN secret TEXT;
-- When to send; during a lease, when the lease ends.
ALTER TABLE follow_consumer ADD COLUMN send_at BIGINT NOT NULL DEFAULT 0;
-- The sender that has the lease.
ALTER TABLE follow_consumer ADD COLUMN owner TEXT;
-- How often the change after the position could not be delivered.
ALTER TABLE follow_consumer ADD COLUMN failures BIGINT NOT NULL DEFAULT 0;
-- Since when nothing was delivered.
ALTER TABLE follow_consumer ADD COLUMN failing_since BIGINT;
ALTER TABLE follow_consumer ADD COLUMN problem TEXT;
ALTER TABLE follow_consumer ADD COLUMN disabled_at BIGINT;

-- Changes that could not be delivered. They outlast the outbox.
CREATE TABLE follow_dead_letter (
    consumer TEXT NOT NULL REFERENCES follow_consumer ON DELETE CASCADE,
    seq BIGINT NOT NULL,
    parcel_id BIGINT NOT NULL,
    account TEXT NOT NULL,
    told_at BIGINT NOT NULL,
    body BYTEA NOT NULL,
    failed_at BIGINT NOT NULL,
    problem TEXT NOT NULL,
    -- 1 if it shall be sent once more.
    resend BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (consumer, seq)
);
