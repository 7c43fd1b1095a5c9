-- What is searched and counted, apart from the shipments: written when it changes.
CREATE TABLE follow_summary (
    parcel_id BIGINT PRIMARY KEY REFERENCES follow_parcel ON DELETE CASCADE,
    -- The name of the status, `pending` before the first look.
    status TEXT NOT NULL,
    -- 1 if a person should look at it.
    attention BIGINT NOT NULL
);

CREATE INDEX follow_summary_status ON follow_summary (status, parcel_id);
CREATE INDEX follow_summary_attention ON follow_summary (parcel_id) WHERE attention = 1;

INSERT INTO follow_summary (parcel_id, status, attention)
SELECT id, status, CASE WHEN status IN
    ('available_for_pickup', 'attempt_failed', 'exception', 'returning', 'returned', 'expired') THEN 1 ELSE 0 END
FROM (
    SELECT p.id, CASE
        WHEN s.format IS NULL THEN 'pending'
        WHEN s.format <> 1 THEN 'unknown'
        WHEN s.body = '[]' THEN 'not_found'
        -- The first is that of the first shipment. Reading it as JSON would refuse what is damaged.
        ELSE coalesce(substring(encode(s.body, 'escape') FROM '"status":\{"status":"([a-z_]+)"'), 'unknown')
        END AS status
    FROM follow_parcel p LEFT JOIN follow_snapshot s ON s.parcel_id = p.id
) AS known;

-- The tags of each parcel once more, to be found by them.
CREATE TABLE follow_tag (
    tag TEXT NOT NULL,
    parcel_id BIGINT NOT NULL REFERENCES follow_parcel ON DELETE CASCADE,
    PRIMARY KEY (tag, parcel_id)
);

CREATE INDEX follow_tag_parcel ON follow_tag (parcel_id);

INSERT INTO follow_tag (tag, parcel_id)
SELECT DISTINCT tag, p.id FROM follow_parcel p, jsonb_array_elements_text(p.tags::jsonb) AS tag;

-- By bytes, whatever the language of the database, so that a part of the begin is enough.
CREATE INDEX follow_parcel_target ON follow_parcel (target_key COLLATE "C");
CREATE INDEX follow_parcel_reference ON follow_parcel (reference COLLATE "C") WHERE reference <> '';
