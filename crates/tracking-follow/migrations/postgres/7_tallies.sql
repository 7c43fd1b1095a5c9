-- How many parcels there are, so that nobody has to count them: what the rows of an account and a status add up to. Each write adds
-- a row, for which it waits for no other; workers merge them.
CREATE TABLE follow_tally (
    account_id BIGINT NOT NULL,
    -- Empty for what is about looks.
    status TEXT NOT NULL,
    parcels BIGINT NOT NULL DEFAULT 0,
    attention BIGINT NOT NULL DEFAULT 0,
    resting BIGINT NOT NULL DEFAULT 0,
    -- The latest is the one that counts.
    looked_at BIGINT
);

-- To list the parcels of an account in the order of their ids.
ALTER TABLE follow_summary ADD COLUMN account_id BIGINT;
UPDATE follow_summary SET account_id = p.account_id FROM follow_parcel p WHERE p.id = parcel_id;
ALTER TABLE follow_summary ALTER COLUMN account_id SET NOT NULL;
CREATE INDEX follow_summary_account ON follow_summary (account_id, parcel_id);

CREATE INDEX follow_look_failing ON follow_look (account_id, looked_at) WHERE failures > 0;

INSERT INTO follow_tally (account_id, status, parcels, attention)
SELECT account_id, status, count(*), sum(attention) FROM follow_summary GROUP BY account_id, status;
INSERT INTO follow_tally (account_id, status, resting, looked_at)
SELECT account_id, '', count(CASE WHEN due_at IS NULL THEN 1 END), max(looked_at) FROM follow_look GROUP BY account_id;

CREATE FUNCTION follow_tally_summaries() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'DELETE' THEN
        INSERT INTO follow_tally (account_id, status, parcels, attention)
        SELECT account_id, status, count(*), sum(attention) FROM added GROUP BY account_id, status;
    END IF;
    IF TG_OP <> 'INSERT' THEN
        INSERT INTO follow_tally (account_id, status, parcels, attention)
        SELECT account_id, status, -count(*), -sum(attention) FROM removed GROUP BY account_id, status;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER follow_summary_added AFTER INSERT ON follow_summary
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION follow_tally_summaries();
CREATE TRIGGER follow_summary_changed AFTER UPDATE ON follow_summary
    REFERENCING OLD TABLE AS removed NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION follow_tally_summaries();
CREATE TRIGGER follow_summary_removed AFTER DELETE ON follow_summary
    REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION follow_tally_summaries();

-- A new parcel is due. Most looks leave it so, and cost no call.
CREATE FUNCTION follow_tally_resting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO follow_tally (account_id, status, resting)
    VALUES (OLD.account_id, '', CASE WHEN OLD.due_at IS NULL THEN -1 ELSE 1 END);
    RETURN NULL;
END $$;
CREATE TRIGGER follow_look_rests AFTER UPDATE OF due_at ON follow_look FOR EACH ROW
    WHEN ((OLD.due_at IS NULL) <> (NEW.due_at IS NULL)) EXECUTE FUNCTION follow_tally_resting();
CREATE TRIGGER follow_look_removed AFTER DELETE ON follow_look FOR EACH ROW
    WHEN (OLD.due_at IS NULL) EXECUTE FUNCTION follow_tally_resting();
