-- +goose Up
-- Whether it is a figure of the larger area that the plan's own government is a part of, and not of its like.
ALTER TABLE indicator_peers ADD COLUMN whole BOOLEAN NOT NULL DEFAULT FALSE;
