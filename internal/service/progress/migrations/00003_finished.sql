-- +goose Up
-- The computation of a plan's lights that came to its end last.
ALTER TABLE light_runs ADD COLUMN finished BIGINT NOT NULL DEFAULT 0;

-- +goose Down
ALTER TABLE light_runs DROP COLUMN finished;
