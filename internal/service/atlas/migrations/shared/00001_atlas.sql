-- +goose Up
-- The boundaries of a government's streets and towns, as somebody loaded them.
CREATE TABLE atlas_sheets (
    government   plain_text      NOT NULL PRIMARY KEY REFERENCES units (id) DEFERRABLE INITIALLY IMMEDIATE,
    revision     BIGINT          NOT NULL,
    name         plain_text      NOT NULL, -- of the file
    areas        BIGINT          NOT NULL,
    account      plain_text      NOT NULL,
    at_time      time_text       NOT NULL,
    body         plain_text      NOT NULL  -- GeoJSON; empty where they were taken away
);
