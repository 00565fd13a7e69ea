-- +goose Up
-- Contradictions that somebody who reviews a report found to be none, in JSON; what still held when it was frozen is in the paper.
ALTER TABLE papers ADD COLUMN passes plain_text NOT NULL DEFAULT '';
