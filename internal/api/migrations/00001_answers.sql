-- +goose Up
-- Answers to requests with an idempotency key, written in the transaction of what they answer.
CREATE TABLE api_answers (
    caller       TEXT   NOT NULL,
    name         TEXT   NOT NULL, -- the key
    digest       TEXT   NOT NULL, -- of the request
    status       BIGINT NOT NULL,
    header       TEXT   NOT NULL, -- in JSON
    body         TEXT   NOT NULL,
    kept_until   TEXT   NOT NULL,
    PRIMARY KEY (caller, name)
);
CREATE INDEX api_answers_kept ON api_answers (kept_until);
