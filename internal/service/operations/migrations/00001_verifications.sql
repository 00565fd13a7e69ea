-- +goose Up

-- The verifications of the audit log that somebody asked for. What they found is also in the log itself.
CREATE TABLE verifications (
    id      plain_text NOT NULL PRIMARY KEY,
    account plain_text NOT NULL,
    asked   time_text  NOT NULL,
    ended   time_text,             -- null while it goes on
    total   BIGINT     NOT NULL,   -- entries of the log when it was asked for
    done    BIGINT     NOT NULL,   -- of these, recomputed so far
    failure plain_text NOT NULL,   -- why it could not be done; empty where it could
    report  plain_text NOT NULL    -- JSON; empty while it goes on
);
