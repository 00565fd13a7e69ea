-- +goose Up
-- What a form asks of its unit, in JSON: counted after it was handed out, and again when it is sent in. Empty before.
ALTER TABLE submissions ADD COLUMN burden plain_text NOT NULL DEFAULT '';
