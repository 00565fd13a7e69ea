-- +goose Up
-- The secret addresses under which programs fetch the deadlines of an account. The secret itself is not kept.
CREATE TABLE api_calendars (
    account      TEXT NOT NULL PRIMARY KEY,
    digest       TEXT NOT NULL UNIQUE,
    created      TEXT NOT NULL
);
