-- How many parcels were looked up in this day and month, for the accounts that have a quota.
CREATE TABLE follow_usage (
    account_id INTEGER PRIMARY KEY REFERENCES follow_account,
    -- When the day and the month began.
    day_begin INTEGER NOT NULL,
    day_looks INTEGER NOT NULL,
    month_begin INTEGER NOT NULL,
    month_looks INTEGER NOT NULL
) STRICT;
