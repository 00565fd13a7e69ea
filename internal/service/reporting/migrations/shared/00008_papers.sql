-- +goose Up
-- The file of the document that a correction rests on: its name and type. Empty where none came along.
ALTER TABLE corrections ADD COLUMN paper_name plain_text NOT NULL DEFAULT '';
ALTER TABLE corrections ADD COLUMN paper_type plain_text NOT NULL DEFAULT '';
