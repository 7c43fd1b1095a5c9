-- What is searched and counted, apart from the shipments: written when it changes.
CREATE TABLE follow_summary (
    parcel_id INTEGER PRIMARY KEY REFERENCES follow_parcel ON DELETE CASCADE,
    -- The name of the status, `pending` before the first look.
    status TEXT NOT NULL,
    -- 1 if a person should look at it.
    attention INTEGER NOT NULL
) STRICT;

CREATE INDEX follow_summary_status ON follow_summary (status, parcel_id);
CREATE INDEX follow_summary_attention ON follow_summary (parcel_id) WHERE attention = 1;

INSERT INTO follow_summary (parcel_id, status, attention)
SELECT id, status, CASE WHEN status IN
    ('available_for_pickup', 'attempt_failed', 'exception', 'returning', 'returned', 'expired') THEN 1 ELSE 0 END
FROM (
    SELECT p.id, CASE
        WHEN s.format IS NULL THEN 'pending'
        WHEN s.format <> 1 OR NOT json_valid(CAST(s.body AS TEXT)) THEN 'unknown'
        WHEN json_array_length(CAST(s.body AS TEXT)) = 0 THEN 'not_found'
        WHEN json_type(CAST(s.body AS TEXT), '$[0].status.status') = 'text'
            THEN json_extract(CAST(s.body AS TEXT), '$[0].status.status')
        ELSE 'unknown' END AS status
    FROM follow_parcel p LEFT JOIN follow_snapshot s ON s.parcel_id = p.id
);

-- The tags of each parcel once more, to be found by them.
CREATE TABLE follow_tag (
    tag TEXT NOT NULL,
    parcel_id INTEGER NOT NULL REFERENCES follow_parcel ON DELETE CASCADE,
    PRIMARY KEY (tag, parcel_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX follow_tag_parcel ON follow_tag (parcel_id);

INSERT INTO follow_tag (tag, parcel_id)
SELECT DISTINCT json_each.value, p.id FROM follow_parcel p, json_each(p.tags);

CREATE INDEX follow_parcel_target ON follow_parcel (target_key);
CREATE INDEX follow_parcel_reference ON follow_parcel (reference) WHERE reference <> '';
