-- How many parcels were looked up in this day and month, for the accounts that have a quota.
CREATE TABLE follow_usage (
    account_id BIGINT PRIMARY KEY REFERENCES follow_account,
    -- When the day and the month began.
    day_begin BIGINT NOT NULL,
    day_looks BIGINT NOT NULL,
    month_begin BIGINT NOT NULL,
    month_looks BIGINT NOT NULL
) WITH (fillfactor = 50);
