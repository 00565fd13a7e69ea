-- +goose Up
-- One more with each change of a candidate, so that nobody writes over what somebody else has changed.
ALTER TABLE livelihood_candidates ADD COLUMN revision BIGINT NOT NULL DEFAULT 1;
