-- +goose Up
-- How much the checks found in a row when it was filled last.
ALTER TABLE observations ADD COLUMN warnings BIGINT NOT NULL DEFAULT 0;
