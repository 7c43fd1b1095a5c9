-- How many parcels there are, so that nobody has to count them: what the rows of an account and a status add up to, as in
-- PostgreSQL. Here they are merged as they are added, since there is one writer at a time.
CREATE TABLE follow_tally (
    account_id INTEGER NOT NULL,
    -- Empty for what is about looks.
    status TEXT NOT NULL,
    parcels INTEGER NOT NULL DEFAULT 0,
    attention INTEGER NOT NULL DEFAULT 0,
    resting INTEGER NOT NULL DEFAULT 0,
    -- The latest is the one that counts.
    looked_at INTEGER,
    PRIMARY KEY (account_id, status)
) STRICT;

-- To list the parcels of an account in the order of their ids.
ALTER TABLE follow_summary ADD COLUMN account_id INTEGER NOT NULL DEFAULT 0;
UPDATE follow_summary SET account_id = (SELECT account_id FROM follow_parcel p WHERE p.id = parcel_id);
CREATE INDEX follow_summary_account ON follow_summary (account_id, parcel_id);

CREATE INDEX follow_look_failing ON follow_look (account_id, looked_at) WHERE failures > 0;

INSERT INTO follow_tally (account_id, status, parcels, attention)
SELECT account_id, status, count(*), sum(attention) FROM follow_summary GROUP BY account_id, status;
INSERT INTO follow_tally (account_id, status, resting, looked_at)
SELECT account_id, '', count(CASE WHEN due_at IS NULL THEN 1 END), max(looked_at) FROM follow_look GROUP BY account_id;

CREATE TRIGGER follow_tally_merged BEFORE INSERT ON follow_tally
WHEN EXISTS (SELECT 1 FROM follow_tally WHERE account_id = NEW.account_id AND status = NEW.status)
BEGIN
    UPDATE follow_tally SET parcels = parcels + NEW.parcels, attention = attention + NEW.attention,
        resting = resting + NEW.resting,
        looked_at = max(coalesce(looked_at, NEW.looked_at), coalesce(NEW.looked_at, looked_at))
    WHERE account_id = NEW.account_id AND status = NEW.status;
    SELECT RAISE(IGNORE);
END;

CREATE TRIGGER follow_summary_added AFTER INSERT ON follow_summary
BEGIN
    INSERT INTO follow_tally (account_id, status, parcels, attention)
    VALUES (NEW.account_id, NEW.status, 1, NEW.attention);
END;
CREATE TRIGGER follow_summary_changed AFTER UPDATE ON follow_summary
BEGIN
    INSERT INTO follow_tally (account_id, status, parcels, attention)
    VALUES (OLD.account_id, OLD.status, -1, -OLD.attention);
    INSERT INTO follow_tally (account_id, status, parcels, attention)
    VALUES (NEW.account_id, NEW.status, 1, NEW.attention);
END;
CREATE TRIGGER follow_summary_removed AFTER DELETE ON follow_summary
BEGIN
    INSERT INTO follow_tally (account_id, status, parcels, attention)
    VALUES (OLD.account_id, OLD.status, -1, -OLD.attention);
END;

-- A new parcel is due. Most looks leave it so.
CREATE TRIGGER follow_look_rests AFTER UPDATE OF due_at ON follow_look
WHEN (OLD.due_at IS NULL) <> (NEW.due_at IS NULL)
BEGIN
    INSERT INTO follow_tally (account_id, status, resting)
    VALUES (OLD.account_id, '', CASE WHEN OLD.due_at IS NULL THEN -1 ELSE 1 END);
END;
CREATE TRIGGER follow_look_removed AFTER DELETE ON follow_look
WHEN OLD.due_at IS NULL
BEGIN
    INSERT INTO follow_tally (account_id, status, resting) VALUES (OLD.account_id, '', -1);
END;
