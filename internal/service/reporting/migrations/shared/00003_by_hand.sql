-- +goose Up
-- Whether the dates of a round are other ones than its schedule gives: then they stay when the schedule changes.
ALTER TABLE rounds ADD COLUMN by_hand BOOLEAN NOT NULL DEFAULT FALSE;
