-- +goose Up
-- Whether something was sent in, returned or locked since the last time is asked of the index alone.
CREATE INDEX submissions_revisions ON submissions (plan, state, revision);
